import { metricTitles, valueInWords } from "@/lib/domain/metric/in-words"
import { own } from "@/lib/domain/release/own"
import { type MeasuredReading, type ReportPart, tableOr } from "./report-model"

/** What was measured, a row a metric. */
export function readingsTable(readings: readonly MeasuredReading[]): ReportPart {
  const rows = readings.map(({ metric, unit, good, errors, noData, min, avg, max }) => {
    const value = (each: number | null) => (each === null ? "" : valueInWords(each, unit))
    const counts = `${good}${errors + noData > 0 ? ` (and ${errors} failed, ${noData} empty)` : ""}`
    return [own(metricTitles, metric) ?? metric, value(min), value(avg), value(max), counts]
  })
  return tableOr(["Metric", "Lowest", "Mean", "Highest", "Readings"], rows, "Nothing was measured in this time.")
}

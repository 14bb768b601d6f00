import type { ReleaseState } from "@/lib/domain/release/state"
import { bothClocks } from "./report-clock"
import { type ReportPart, tableOr, text } from "./report-model"

/** The rounds of the first day and the thresholds that were breached. */
export function firstDayParts(state: ReleaseState): ReportPart[] {
  const { zone } = state.window
  const thresholds = Object.values(state.thresholds).map(({ title, level, breachedAt, clearedAt, words }) => [
    title,
    level,
    bothClocks(breachedAt, zone),
    clearedAt ? bothClocks(clearedAt, zone) : "not cleared",
    words,
  ])
  return [
    ...roundParts(state),
    tableOr(["Threshold", "Level", "Breached", "Fine again", "In words"], thresholds, "No threshold was breached."),
  ]
}

function roundParts({ rounds, window: { zone } }: ReleaseState): ReportPart[] {
  if (!rounds) return [text("There were no rounds.")]
  const all = rounds.order.flatMap((key) => rounds.rounds[key] ?? [])
  const bands = rounds.bands.map(({ key, title }) => {
    const mine = all.filter(({ bandKey }) => bandKey === key)
    const count = (status: string) => String(mine.filter((round) => round.status === status).length)
    return [title, count("done"), count("missed"), count("open")]
  })
  const missed = all.filter(({ status }) => status === "missed")
  const bad = all.flatMap(({ key, dueAt, judged }) =>
    Object.entries(judged).flatMap(([item, { ok, words, by }]) =>
      ok === false ? [[key, bothClocks(dueAt, zone), item, words ?? "", by ?? "Golive"]] : [],
    ),
  )
  return [
    tableOr(["Rounds", "Done", "Missed", "Open"], bands, "There were no rounds."),
    ...(missed.length > 0
      ? [
          tableOr(
            ["Missed round", "Due", "What was left"],
            missed.map(({ key, dueAt, missed: left }) => [key, bothClocks(dueAt, zone), left ?? ""]),
            "",
          ),
        ]
      : []),
    ...(bad.length > 0 ? [tableOr(["Round", "Due", "Not fine", "In words", "Who"], bad, "")] : []),
  ]
}

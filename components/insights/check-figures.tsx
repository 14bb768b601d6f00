import { plainLine } from "@/components/ui/inline-code"
import { Panel } from "@/components/ui/panel"
import { formatDuration } from "@/lib/client/format"
import type { Insights } from "@/lib/contracts/api/insights"
import { FiguresTable } from "./figures-table"

/** Checks whose result changes though nothing else did. */
export function CheckFigures({ rows, severalServices }: { rows: Insights["checks"]; severalServices: boolean }) {
  return (
    <Panel title="Flakiest checks">
      {rows.length === 0 ? (
        <p className="px-4 py-3 text-ink-2 text-sm">No check ran in this time.</p>
      ) : (
        <FiguresTable
          label="Checks, the flakiest first"
          columns={["Check", "Flips", "Failed", "Runs", "Median", "Flips before"]}
          rows={rows.map((row) => ({
            key: `${row.service.key}/${row.itemKey}`,
            cells: [
              <>
                {plainLine(row.title)}
                {severalServices ? <span className="text-ink-3"> · {row.service.name}</span> : null}
              </>,
              row.flips,
              row.failures,
              row.runs,
              row.medianMs === null ? "" : formatDuration(row.medianMs),
              row.before ? row.before.flips : "no data",
            ],
          }))}
        />
      )}
    </Panel>
  )
}

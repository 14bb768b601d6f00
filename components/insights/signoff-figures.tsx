import { Panel } from "@/components/ui/panel"
import { formatDuration } from "@/lib/client/format"
import type { Insights } from "@/lib/contracts/api/insights"
import { roleTitles } from "@/lib/domain/access/roles"
import { FiguresTable } from "./figures-table"
import { medianInWords } from "./in-words"

/** How long signatures are waited for; the slowest role first. */
export function SignoffFigures({ rows }: { rows: Insights["signoffs"] }) {
  const known = rows
    .filter(({ waited }) => waited)
    .sort((a, b) => (b.waited?.medianMs ?? 0) - (a.waited?.medianMs ?? 0))
  return (
    <Panel title="Slowest sign-offs">
      {known.length === 0 ? (
        <p className="px-4 py-3 text-ink-2 text-sm">Nobody has signed in this time.</p>
      ) : (
        <FiguresTable
          label="Waiting for signatures, by role"
          columns={["Role", "Signed", "Median", "9 of 10 within", "Before"]}
          rows={known.map(({ role, waited, before }) => ({
            key: role,
            cells: [
              roleTitles[role],
              waited?.count,
              medianInWords(waited),
              waited ? formatDuration(waited.p90Ms) : "",
              medianInWords(before),
            ],
          }))}
        />
      )}
    </Panel>
  )
}

import { Panel } from "@/components/ui/panel"
import type { Insights } from "@/lib/contracts/api/insights"
import { FiguresTable } from "./figures-table"
import { medianInWords, percentInWords, perWeekInWords } from "./in-words"

const columns = ["Service", "Went live", "Frequency", "Lead time", "Failure rate", "Before", "Time to restore"]

export function ServiceFigures({ rows }: { rows: Insights["byService"] }) {
  return (
    <Panel title="By service">
      <FiguresTable
        label="Figures by service"
        columns={columns}
        rows={rows.map(({ service, figures, previous }) => ({
          key: service.key,
          cells: [
            service.name,
            figures.live,
            perWeekInWords(figures),
            medianInWords(figures.leadFromRelease),
            percentInWords(figures.failureRate),
            percentInWords(previous.failureRate),
            medianInWords(figures.restore),
          ],
        }))}
      />
    </Panel>
  )
}

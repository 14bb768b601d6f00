import { StatusShape } from "@/components/status/status-mark"
import { formatDuration } from "@/lib/client/format"
import type { Figures, Spread } from "@/lib/contracts/api/insights"
import { compared, medianInWords, NOTHING, percentInWords, perWeekInWords } from "./in-words"

interface Tile {
  key: string
  title: string
  value: string
  more: string[]
  before: string
  change: ReturnType<typeof compared>
}

/** The figures that teams are compared by, with those of the span before. */
export function DeliveryFigures({ figures, previous }: { figures: Figures; previous: Figures }) {
  return (
    <dl className="grid grid-cols-1 gap-3 sm:grid-cols-2 lg:grid-cols-4">
      {tilesOf(figures, previous).map(({ key, title, value, more, before, change }) => (
        <div
          key={key}
          data-testid={`figure-${key}`}
          className="flex min-w-0 flex-col rounded-xl border bg-surface px-4 py-3"
        >
          <dt className="text-ink-2 text-sm">{title}</dt>
          <dd className={value === NOTHING ? "mt-1 text-ink-3 text-lg" : "mt-1 font-semibold text-2xl tracking-tight"}>
            {value === NOTHING ? "No data" : value}
          </dd>
          {more.map((line) => (
            <dd key={line} className="mt-1 text-ink-2 text-xs">
              {line}
            </dd>
          ))}
          <dd className="mt-auto flex items-center gap-1.5 pt-2 text-ink-3 text-xs">
            {change.tone === "none" ? null : <StatusShape tone={change.tone} className="size-3" />}
            {[change.words, before && `before: ${before}`].filter(Boolean).join(", ")}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function tilesOf(figures: Figures, previous: Figures): Tile[] {
  return [
    {
      key: "frequency",
      title: "Deployment frequency",
      value: perWeekInWords(figures),
      more: [
        figures.live === 0
          ? "nothing went live"
          : figures.live === 1
            ? "1 release went live"
            : `${figures.live} releases went live`,
      ],
      before: perWeekInWords(previous),
      change: compared(figures.perWeek, previous.perWeek, "more"),
    },
    {
      key: "lead",
      title: "Lead time, median",
      value: medianInWords(figures.leadFromRelease),
      more: [...ninth(figures.leadFromRelease), fromCommit(figures)],
      before: medianInWords(previous.leadFromRelease),
      change: compared(figures.leadFromRelease?.medianMs, previous.leadFromRelease?.medianMs, "less"),
    },
    {
      key: "failures",
      title: "Change failure rate",
      value: percentInWords(figures.failureRate),
      more: figures.live > 0 ? [`${figures.failed} of ${figures.live} rolled back or with a grave incident`] : [],
      before: percentInWords(previous.failureRate),
      change: compared(figures.failureRate, previous.failureRate, "less"),
    },
    {
      key: "restore",
      title: "Time to restore, median",
      value: medianInWords(figures.restore),
      more: [
        ...ninth(figures.restore),
        ...(figures.unresolved > 0 ? [`${figures.unresolved} not resolved yet, not counted`] : []),
        figures.rollback
          ? `rollback, decided to verified: ${formatDuration(figures.rollback.medianMs)}, 9 of 10 within ${formatDuration(figures.rollback.p90Ms)}`
          : "nothing was rolled back",
      ],
      before: medianInWords(previous.restore),
      change: compared(figures.restore?.medianMs, previous.restore?.medianMs, "less"),
    },
  ]
}

function ninth(spread: Spread): string[] {
  return spread ? [`9 of 10 within ${formatDuration(spread.p90Ms)}`] : []
}

function fromCommit({ leadFromCommit, live }: Figures): string {
  if (!leadFromCommit) return "from the oldest commit: not known here"
  const of = leadFromCommit.count < live ? ` (known of ${leadFromCommit.count} of ${live})` : ""
  return `from the oldest commit: ${formatDuration(leadFromCommit.medianMs)}, 9 of 10 within ${formatDuration(leadFromCommit.p90Ms)}${of}`
}

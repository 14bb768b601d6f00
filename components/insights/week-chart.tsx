import { Disclosure } from "@/components/ui/disclosure"
import { Panel } from "@/components/ui/panel"
import type { Insights } from "@/lib/contracts/api/insights"

const HEIGHT = 120
const STEP = 16
const BAR = 11
const day = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric", month: "short" })

/** Releases that went live, week by week; those that failed are hatched. The table says the same. */
export function WeekChart({ weeks }: { weeks: Insights["weeks"] }) {
  const most = Math.max(1, ...weeks.map(({ live }) => live))
  const total = weeks.reduce((sum, { live }) => sum + live, 0)
  const failed = weeks.reduce((sum, week) => sum + week.failed, 0)
  const unit = HEIGHT / most
  const label = `${total} releases went live in ${weeks.length} weeks, ${failed} of them failed; at most ${most} in a week`
  return (
    <Panel title="Went live, by week" aside={<Legend />}>
      <div className="px-4 pt-4 pb-3">
        {total === 0 ? (
          <p className="text-ink-2 text-sm">Nothing went live in this time.</p>
        ) : (
          <>
            <svg
              role="img"
              aria-label={label}
              viewBox={`0 0 ${weeks.length * STEP} ${HEIGHT + 2}`}
              preserveAspectRatio="none"
              className="h-32 w-full"
            >
              <defs>
                <pattern id="failed" width="4" height="4" patternTransform="rotate(45)" patternUnits="userSpaceOnUse">
                  <rect width="4" height="4" className="fill-surface" />
                  <rect width="2" height="4" className="fill-fail" />
                </pattern>
              </defs>
              {weeks.map((week, index) => {
                const x = index * STEP + (STEP - BAR) / 2
                const fine = (week.live - week.failed) * unit
                const bad = week.failed * unit
                return (
                  <g key={week.start}>
                    <title>{`Week of ${day.format(new Date(week.start))}: ${week.live} went live, ${week.failed} failed`}</title>
                    <rect x={x} y={HEIGHT - fine} width={BAR} height={fine} className="fill-accent" />
                    <rect
                      x={x}
                      y={HEIGHT - fine - bad}
                      width={BAR}
                      height={bad}
                      fill="url(#failed)"
                      className="stroke-fail"
                      strokeWidth={bad > 0 ? 1 : 0}
                      vectorEffect="non-scaling-stroke"
                    />
                  </g>
                )
              })}
              <line
                x1="0"
                x2={weeks.length * STEP}
                y1={HEIGHT + 1}
                y2={HEIGHT + 1}
                className="stroke-line-strong"
                vectorEffect="non-scaling-stroke"
              />
            </svg>
            <div aria-hidden className="mt-1 flex justify-between text-ink-3 text-xs">
              <span>{day.format(new Date(weeks[0]?.start ?? 0))}</span>
              <span>at most {most} in a week</span>
              <span>{day.format(new Date(weeks.at(-1)?.start ?? 0))}</span>
            </div>
          </>
        )}
        <Disclosure summary="As a table" className="mt-2">
          <table className="w-full text-left text-sm">
            <thead>
              <tr className="border-b text-ink-3 text-xs">
                {["Week of", "Went live", "Failed"].map((title) => (
                  <th key={title} scope="col" className="py-1 pr-4 font-normal">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {weeks.map((week) => (
                <tr key={week.start} className="border-b last:border-0">
                  <td className="py-1 pr-4">{day.format(new Date(week.start))}</td>
                  <td className="py-1 pr-4">{week.live}</td>
                  <td className="py-1">{week.failed}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Disclosure>
      </div>
    </Panel>
  )
}

function Legend() {
  return (
    <>
      <span className="inline-flex items-center gap-1.5">
        <span aria-hidden className="size-2.5 bg-accent" /> fine
      </span>
      <span className="inline-flex items-center gap-1.5">
        <span
          aria-hidden
          className="size-2.5 border border-fail"
          style={{ background: "repeating-linear-gradient(45deg, var(--fail) 0 1.5px, transparent 1.5px 3px)" }}
        />
        failed
      </span>
    </>
  )
}

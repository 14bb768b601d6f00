"use client"
import { StatusMark } from "@/components/status/status-mark"
import { Instant } from "@/components/time/instant"
import { useRelease } from "@/lib/client/release-context"
import { cellLooks, type RoundCell, roundParts } from "./read-rounds"

/** The day as a table, round by round. */
export function DayTable({ cells }: { cells: readonly RoundCell[] }) {
  const zone = useRelease((release) => release.window.zone)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <section aria-label="Rounds as a table" tabIndex={0} className="max-h-80 overflow-auto">
      <table className="w-full min-w-[34rem] text-left text-xs">
        <caption className="sr-only">Every round of the first day</caption>
        <thead>
          <tr className="border-b text-ink-3">
            {["Due", "Round", "State", "What was seen"].map((title) => (
              <th key={title} scope="col" className="py-1.5 pr-4 font-normal">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {cells.map((cell) => (
            <tr key={cell.key} className="border-b align-top last:border-0">
              <td className="whitespace-nowrap py-1.5 pr-4">
                <Instant at={cell.dueAt} zone={zone} />
              </td>
              <td className="py-1.5 pr-4">
                {cell.band.title}, {cell.n}
              </td>
              <td className="py-1.5 pr-4">
                <StatusMark look={cellLooks[cell.state]} className="text-xs" />
              </td>
              <td className="py-1.5">{seen(cell)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function seen({ round, band }: RoundCell): string {
  if (!round) return ""
  if (round.missed) return round.missed
  return roundParts(round, band)
    .filter(({ ok }) => ok !== null)
    .map(({ item, ok, words }) => words ?? `${item.title}: ${ok ? "fine" : "not fine"}`)
    .join(" ")
}

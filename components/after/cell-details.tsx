"use client"
import { StatusMark, StatusShape } from "@/components/status/status-mark"
import { Remaining } from "@/components/time/elapsed"
import { Instant } from "@/components/time/instant"
import { useRelease } from "@/lib/client/release-context"
import { cellLooks, partLook, type RoundCell, roundParts } from "./read-rounds"

/** One round in words: when, how it went, and what was seen. */
export function CellDetails({ cell }: { cell: RoundCell }) {
  const zone = useRelease((release) => release.window.zone)
  const { band, n, of, dueAt, closesAt, state, round } = cell
  return (
    <div data-testid="round-details" className="rounded-lg bg-sunken px-3 py-2.5 text-sm">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <StatusMark look={cellLooks[state]} className="font-medium" />
        <span>
          Round {n} of {of}, <Instant at={dueAt} zone={zone} how="time" /> to{" "}
          <Instant at={closesAt} zone={zone} how="time" />
        </span>
        <span className="text-ink-3">{band.title}</span>
        {state === "ahead" ? (
          <span className="text-ink-2">
            in <Remaining until={dueAt} />
          </span>
        ) : null}
      </p>
      {round?.missed ? <p className="mt-1 text-warn">{round.missed}</p> : null}
      {round ? (
        <ul className="mt-1.5 grid grid-cols-1 gap-x-6 gap-y-1 lg:grid-cols-2">
          {roundParts(round, band).map((part) => (
            <li key={part.item.key} className="flex items-start gap-2">
              <StatusShape tone={partLook(part).tone} label={partLook(part).word} className="mt-[3px] size-3.5" />
              <span className="min-w-0">
                {part.item.title}
                <span className="text-ink-2">
                  {part.words ? `: ${part.words}` : ""}
                  {part.by ? ` (${part.by})` : ""}
                </span>
              </span>
            </li>
          ))}
        </ul>
      ) : state === "ahead" || state === "late" ? (
        <p className="mt-1 text-ink-2">Looks at: {band.items.map(({ title }) => title).join("; ")}</p>
      ) : null}
    </div>
  )
}

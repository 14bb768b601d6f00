"use client"
import { StatusMark } from "@/components/status/status-mark"
import { Remaining } from "@/components/time/elapsed"
import { Instant } from "@/components/time/instant"
import { useRelease } from "@/lib/client/release-context"
import type { Round, RoundBand } from "@/lib/domain/round/round-state"
import { roundParts } from "./read-rounds"
import { RoundPartRow } from "./round-part-row"

/** The round of now: what is asked of a person, then what the console has seen itself, and how long there is time. */
export function CurrentRound({ round, band }: { round: Round; band: RoundBand | undefined }) {
  const zone = useRelease((release) => release.window.zone)
  const parts = roundParts(round, band)
  const asked = parts.filter((part) => part.asksPerson).length
  return (
    <section
      aria-label={`Round ${round.n} of ${band?.title ?? round.bandKey}`}
      data-testid={`round-${round.key}`}
      data-status={round.status}
      className="border-b"
    >
      <header className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 px-4 pt-3 pb-1 text-sm">
        <h3 className="min-w-0 font-medium">
          {asked > 0 ? (
            `${asked === 1 ? "One thing waits" : `${asked} things wait`} for you`
          ) : (
            <StatusMark look={{ tone: "pass", word: "Everything was looked at" }} />
          )}
          <span className="font-normal text-ink-2">
            {" "}
            · {band?.title}, round {round.n}, <Instant at={round.dueAt} zone={zone} how="time" />
          </span>
        </h3>
        <p className={asked > 0 ? "text-warn" : "text-ink-2"}>
          Closes in{" "}
          <span role="timer" aria-label="Closes in" className="font-semibold">
            <Remaining until={round.closesAt} />
          </span>
        </p>
      </header>
      <ul className="pb-1.5">
        {parts.map((part) => (
          <RoundPartRow key={part.item.key} part={part} roundKey={round.key} />
        ))}
      </ul>
    </section>
  )
}

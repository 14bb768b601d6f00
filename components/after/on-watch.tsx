"use client"
import { useRef } from "react"
import { Remaining } from "@/components/time/elapsed"
import { Instant } from "@/components/time/instant"
import { Kbd } from "@/components/ui/kbd"
import { Panel } from "@/components/ui/panel"
import { useRelease } from "@/lib/client/release-context"
import { useNow } from "@/lib/client/use-now"
import { CurrentRound } from "./current-round"
import { currentRounds, nextCell, roundCells } from "./read-rounds"
import { useRoundKeys } from "./use-round-keys"
import { HandOverButton, Watcher } from "./watcher"

/** Who is on watch, what waits for that person now, and when the next round comes. */
export function OnWatch() {
  const rounds = useRelease((release) => release.rounds)
  const timeScale = useRelease((release) => release.timeScale)
  const zone = useRelease((release) => release.window.zone)
  const nowMs = useNow(1_000)
  const list = useRef<HTMLDivElement>(null)
  useRoundKeys(list)
  if (!rounds || rounds.ended) return null
  const current = currentRounds(rounds, nowMs)
  const asks = current.some(({ status }) => status === "open")
  const next = nextCell(roundCells(rounds, timeScale, nowMs))
  return (
    <Panel
      title={
        <>
          On watch{" "}
          <span aria-hidden className="text-ink-3">
            ·
          </span>{" "}
          <Watcher />
        </>
      }
      aside={<HandOverButton />}
    >
      <div ref={list} data-testid="on-watch">
        {current.map((round) => (
          <CurrentRound key={round.key} round={round} band={rounds.bands.find(({ key }) => key === round.bandKey)} />
        ))}
        {current.length === 0 ? (
          <p className="px-4 pt-4 pb-1 text-sm">Nothing waits for a person. The console looks at the figures itself.</p>
        ) : null}
      </div>
      <footer className="flex min-h-11 flex-wrap items-center justify-between gap-x-6 gap-y-1 px-4 py-2 text-ink-2 text-sm">
        {next ? (
          <p data-testid="next-round">
            Next round{" "}
            {next.state === "late" ? (
              "is due now"
            ) : (
              <>
                in{" "}
                <span role="timer" aria-label="Next round in" className="font-medium text-ink">
                  <Remaining until={next.dueAt} />
                </span>
                , at <Instant at={next.dueAt} zone={zone} how="time" />
              </>
            )}
            <span className="text-ink-3">
              {" "}
              · {next.band.title}, {next.n} of {next.of}
            </span>
          </p>
        ) : (
          <p>There is no further round.</p>
        )}
        {asks ? (
          <p className="hidden items-center gap-1.5 text-ink-3 text-xs sm:flex">
            <Kbd>j</Kbd> <Kbd>k</Kbd> move <Kbd>x</Kbd> fine <Kbd>n</Kbd> not fine
          </p>
        ) : null}
      </footer>
    </Panel>
  )
}

"use client"
import { cn } from "@/components/ui/cn"
import { Progress } from "@/components/ui/progress"
import { formatClock } from "@/lib/client/format"
import { useGate, useRelease } from "@/lib/client/release-context"
import { useNow } from "@/lib/client/use-now"
import { readHeadClock } from "./read-head-clock"

const inks = { quiet: "text-ink", warn: "text-warn", fail: "text-fail" }

/** The one clock that matters now. */
export function HeadClock() {
  const release = useRelease()
  const gate = useGate()
  const nowMs = useNow(1_000)
  const clock = readHeadClock(release, gate, nowMs)
  if (!clock) return null
  return (
    <div className="min-w-32">
      <p className="text-ink-3 text-xs">{clock.label}</p>
      <p className={cn("font-medium text-xl leading-7 tracking-tight", inks[clock.tone])}>
        <span aria-hidden>{clock.text}</span>
        <span className="sr-only">{clock.spoken}</span>
        {clock.budgetMs ? (
          <span className="ml-1.5 font-normal text-ink-3 text-xs">of {formatClock(clock.budgetMs)}</span>
        ) : null}
      </p>
      {clock.budgetMs ? (
        <Progress
          value={clock.valueMs}
          max={clock.budgetMs}
          label={`${clock.label}, of its budget`}
          tone={clock.tone === "quiet" ? "accent" : clock.tone}
          className="mt-1"
        />
      ) : null}
    </div>
  )
}

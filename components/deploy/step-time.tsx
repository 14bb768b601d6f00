"use client"
import { Elapsed } from "@/components/time/elapsed"
import { formatDuration } from "@/lib/client/format"
import type { StepState } from "@/lib/domain/release/state"

/** Time spent working, and apart from it time spent waiting for people. */
export function StepTime({ step }: { step: StepState }) {
  const attemptSince = step.attempts.at(-1)?.startedAt ?? step.startedAt
  return (
    <span className="flex gap-2 text-right text-ink-2 text-xs">
      {step.status === "running" && attemptSince ? (
        <Elapsed since={attemptSince} plusMs={step.workingMs} />
      ) : step.workingMs > 0 ? (
        <span title="Time spent working">{formatDuration(step.workingMs)}</span>
      ) : null}
      {step.waitingSince ? (
        <span className="text-warn">
          waits <Elapsed since={step.waitingSince} plusMs={step.waitingMs} />
        </span>
      ) : step.waitingMs > 0 ? (
        <span className="text-ink-3" title="Time spent waiting for people">
          + {formatDuration(step.waitingMs)} waiting
        </span>
      ) : null}
    </span>
  )
}

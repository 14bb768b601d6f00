"use client"
import { Notice } from "@/components/ui/notice"
import type { RunState } from "@/lib/domain/release/state"

const tones = {
  queued: "info",
  running: "info",
  passed: "pass",
  failed: "fail",
  inconclusive: "warn",
  aborted: "warn",
  cancelled: "info",
} as const

/** How the run ended and in which state that leaves the environment; before that, what it waits for. */
export function RunOutcome({ run }: { run: RunState }) {
  if (run.outcome) {
    return (
      <Notice tone={tones[run.status]} live>
        {run.outcome}
      </Notice>
    )
  }
  if (run.abort) {
    return (
      <Notice tone="warn" live>
        {run.abort.by} asked to abort{run.abort.reason ? `: ${run.abort.reason}` : ""}. The step in hand ends first.
      </Notice>
    )
  }
  if (run.status === "queued") return <Notice live>Waiting for a worker to take it.</Notice>
  return run.claims > 1 ? (
    <Notice>A worker went away and another one took over ({run.claims - 1} so far). Nothing is done twice.</Notice>
  ) : null
}

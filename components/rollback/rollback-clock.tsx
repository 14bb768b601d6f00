"use client"
import { cn } from "@/components/ui/cn"
import { formatClock, formatDuration } from "@/lib/client/format"
import { useRelease } from "@/lib/client/release-context"
import { useNow } from "@/lib/client/use-now"

const huge = "font-semibold text-5xl leading-none tracking-tighter sm:text-6xl"

/** The countdown before, the stopwatch during and after: from the decision until the previous version is verified. */
export function RollbackClock() {
  const rollback = useRelease((release) => release.rollback)
  const budgetMs = useRelease((release) => release.budgets.rollbackMs)
  const nowMs = useNow(rollback?.status === "counting" || rollback?.status === "running" ? 100 : 1_000)
  if (rollback?.status === "counting" && rollback.executesAt) {
    const leftMs = Math.max(0, Date.parse(rollback.executesAt) - nowMs)
    return (
      <div role="timer" aria-label="Rolls back in" data-testid="rollback-countdown" className="text-fail">
        <p className={huge}>{formatClock(Math.ceil(leftMs / 1_000) * 1_000)}</p>
        <p className="mt-1.5 text-xs">until it acts</p>
      </div>
    )
  }
  if (!rollback?.decidedAt) return null
  const ms = rollback.stopwatchMs ?? nowMs - Date.parse(rollback.decidedAt)
  const over = ms > budgetMs
  return (
    <div
      role="timer"
      aria-label="Rollback stopwatch"
      data-testid="rollback-stopwatch"
      className={cn(
        over || rollback.status === "failed" ? "text-fail" : rollback.status === "done" ? "text-pass" : "text-ink",
      )}
    >
      <p className={huge}>{rollback.stopwatchMs === null ? formatClock(ms) : formatDuration(ms)}</p>
      <p className="mt-1.5 text-ink-2 text-xs">
        {over ? "over" : "of"} the budget of {formatDuration(budgetMs)}
      </p>
    </div>
  )
}

"use client"
import { cn } from "@/components/ui/cn"
import { useRelease } from "@/lib/client/release-context"
import type { RollbackState } from "@/lib/domain/release/state"
import { FromTo } from "./from-to"
import { RollBack } from "./roll-back"
import { RollbackClock } from "./rollback-clock"
import { StopCountdown } from "./stop-countdown"

const titles: Record<RollbackState["status"], string> = {
  asked: "A trigger fired. Roll back?",
  counting: "Rolling back by itself",
  stopped: "Automatic rollback stopped",
  running: "Rolling back",
  done: "Rolled back, and verified",
  failed: "The rollback could not be verified",
}
const looks: Record<RollbackState["status"], string> = {
  asked: "border-fail/50 bg-fail/8",
  counting: "border-fail/60 bg-fail/10",
  stopped: "border-warn/40 bg-warn/8",
  running: "border-fail/50 bg-fail/8",
  done: "border-line-strong bg-surface",
  failed: "border-fail bg-fail/10",
}

/** The rollback, wherever one is in this release: large, on every page, with what can be done about it. */
export function RollbackBanner() {
  const rollback = useRelease((release) => release.rollback)
  const status = useRelease((release) => release.status)
  if (!rollback || status === "closed") return null
  const open = rollback.status === "asked" || rollback.status === "stopped" || rollback.status === "counting"
  return (
    <section
      aria-label="Rollback"
      data-status={rollback.status}
      className={cn("flex flex-wrap items-center gap-x-8 gap-y-4 rounded-xl border px-5 py-4", looks[rollback.status])}
    >
      <RollbackClock />
      <div className="min-w-0 flex-1 basis-72">
        <h2 className="font-semibold">{titles[rollback.status]}</h2>
        <p className="mt-0.5 text-ink-2 text-sm">{rollback.reason}</p>
        {rollback.stoppedReason ? (
          <p className="mt-0.5 text-ink-2 text-sm">
            {rollback.stoppedBy} stopped it: “{rollback.stoppedReason}”. The triggers stay armed.
          </p>
        ) : null}
        <div className="mt-2">
          <FromTo from={rollback.from} to={rollback.to} done={rollback.status === "done"} />
        </div>
        {rollback.doesNotUndo.length > 0 && rollback.status !== "done" ? (
          <p className="mt-2 text-ink-2 text-xs">Does not undo: {rollback.doesNotUndo.join("; ")}</p>
        ) : null}
      </div>
      {open ? (
        <div className="flex flex-wrap gap-2">
          {rollback.status === "counting" ? <StopCountdown /> : null}
          <RollBack
            primary
            label="Roll back now"
            triggerKey={rollback.triggerKey ?? undefined}
            reason={rollback.reason}
          />
        </div>
      ) : null}
    </section>
  )
}

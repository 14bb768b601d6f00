"use client"
import { RunOutcome } from "@/components/deploy/run-outcome"
import { RunPhases } from "@/components/deploy/run-phases"
import type { RunState } from "@/lib/domain/release/state"

export function RollbackRun({ run }: { run: RunState }) {
  return (
    <section aria-label="Rollback steps" className="grid gap-2">
      <RunOutcome run={run} />
      <RunPhases run={run} />
    </section>
  )
}

import type { z } from "zod"
import type { NewRun } from "@/lib/domain/release/decision"
import type { RunKind } from "@/lib/domain/release/state"
import type { Actor } from "@/lib/domain/timeline/actor"
import type { NewEvent } from "@/lib/domain/timeline/event"
import type { plannedStepSchema } from "@/lib/domain/timeline/event-types"

export type PlannedStep = z.infer<typeof plannedStepSchema>

/** A run to be made: its id, what the worker needs, and the steps that people will see. */
export interface QueuedRun {
  runId: string
  /** Parsed by the run kind's own schema. */
  input: unknown
  steps: PlannedStep[]
}

/** The event and the row of a new run, to be committed together. */
export function queueRun(
  kind: RunKind,
  run: QueuedRun & { itemKey?: string; notBefore?: string | null },
  actor: Actor,
): { events: NewEvent[]; runs: NewRun[] } {
  const { runId, input, steps, itemKey = null, notBefore = null } = run
  return {
    events: [{ type: "run.queued", actor, data: { runId, kind, itemKey, notBefore, steps } }],
    runs: [{ id: runId, kind, input, notBefore }],
  }
}

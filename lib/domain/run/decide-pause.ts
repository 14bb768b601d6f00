import { type Decision, refuse } from "@/lib/domain/release/decision"
import type { ReleaseState, RunState } from "@/lib/domain/release/state"
import type { Actor } from "@/lib/domain/timeline/actor"
import { unfinishedRuns } from "./find-run"

interface Seen {
  /** The run that the person saw; left out: the one under way. */
  runId?: string
}

/**
 * Holds a deployment before its next step. What has begun goes on to its end; maintenance mode and its clock stay as they
 * are. Paused already: nothing more to do.
 */
export function decidePause(state: ReleaseState, { reason, runId }: Seen & { reason: string }, actor: Actor): Decision {
  const run = underWay(state, runId)
  if (!run) return nothingUnderWay(state)
  if (run.abort) return refuse("conflict", "The deployment is being aborted.", { detail: { status: run.status } })
  if (run.pause) return { ok: true, events: [] }
  if (!reason.trim()) return refuse("invalid", "Say why the deployment is paused.", { field: "reason" })
  return { ok: true, events: [{ type: "run.paused", actor, data: { runId: run.id, reason: reason.trim() } }] }
}

/** Lets a paused deployment go on. Not paused: nothing more to do. */
export function decideResume(
  state: ReleaseState,
  { note, runId }: Seen & { note: string | null },
  actor: Actor,
): Decision {
  const run = underWay(state, runId)
  if (!run) return nothingUnderWay(state)
  if (!run.pause) return { ok: true, events: [] }
  return { ok: true, events: [{ type: "run.resumed", actor, data: { runId: run.id, note } }] }
}

/** A verification is not paused: what users get has to be watched, whatever people think about. */
function underWay(state: ReleaseState, runId: string | undefined): RunState | undefined {
  return unfinishedRuns(state, ["deploy"]).findLast((run) => runId === undefined || run.id === runId)
}

function nothingUnderWay({ status }: ReleaseState): Decision {
  return refuse("conflict", "No deployment is under way.", { detail: { status } })
}

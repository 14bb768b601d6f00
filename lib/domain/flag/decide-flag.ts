import { type Decision, refuse } from "@/lib/domain/release/decision"
import { own } from "@/lib/domain/release/own"
import type { ReleaseState } from "@/lib/domain/release/state"
import { type QueuedRun, queueRun } from "@/lib/domain/run/queue-run"
import type { Actor } from "@/lib/domain/timeline/actor"

/**
 * Queues the turning of a feature flag: the quickest way back for what stands behind one. No gate, window or signature
 * stands against it, and nothing that runs is ended by it.
 */
export function decideSetFlag(
  state: ReleaseState,
  { flagKey, title, on, reason, run }: { flagKey: string; title: string; on: boolean; reason: string; run: QueuedRun },
  actor: Actor,
): Decision {
  if (state.status === "closed") return refuse("conflict", "The release is closed.")
  if (!reason.trim()) return refuse("invalid", `Say why it is turned ${on ? "on" : "off"}.`, { field: "reason" })
  const known = own(state.flags, flagKey)
  if (known?.runId) {
    const words = `“${title}” is just being turned ${known.wanted ? "on" : "off"}.`
    return refuse("conflict", words, { detail: { flag: known } })
  }
  const queued = queueRun("flag", run, actor)
  const data = { flagKey, title, on, reason: reason.trim(), runId: run.runId }
  return { ok: true, events: [...queued.events, { type: "flag.asked", actor, data }], runs: queued.runs }
}

/** The provider, asked again, says that it is so; or it could not be done, and `problem` says why. Ends the run. */
export function decideFlagEnded(
  state: ReleaseState,
  { flagKey, runId, nowIso, problem }: { flagKey: string; runId: string; nowIso: string; problem: string | null },
  actor: Actor,
): Decision {
  const flag = own(state.flags, flagKey)
  if (flag?.runId !== runId) return refuse("conflict", "This flag is not being turned by this run.")
  const tookMs = Math.max(0, Date.parse(nowIso) - Date.parse(flag.askedAt))
  const done = `“${flag.title}” is ${flag.wanted ? "on" : "off"}`
  return {
    ok: true,
    events: [
      problem === null
        ? { type: "flag.turned", actor, data: { flagKey, on: flag.wanted, runId, tookMs } }
        : { type: "flag.not_turned", actor, data: { flagKey, runId, problem } },
      {
        type: "run.finished",
        actor,
        data: { runId, status: problem === null ? "passed" : "failed", outcome: problem ?? done },
      },
    ],
  }
}

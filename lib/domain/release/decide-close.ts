import { openAfterList } from "@/lib/domain/followup/decide-after-due"
import { unfinishedRuns } from "@/lib/domain/run/find-run"
import type { Actor } from "@/lib/domain/timeline/actor"
import type { NewEvent } from "@/lib/domain/timeline/event"
import { type Decision, refuse } from "./decision"
import type { ReleaseState } from "./state"

/**
 * Ends the release: its watch stops and its triggers are disarmed. A release without a passed verification,
 * or with something left of the list after go-live, needs a note.
 */
export function decideClose(state: ReleaseState, { note }: { note: string | null }, actor: Actor): Decision {
  if (state.status === "closed") return refuse("conflict", "The release is already closed.")
  const [busy] = unfinishedRuns(state, ["deploy", "verify", "rollback", "flag"])
  if (busy || state.status === "deploying" || state.status === "rolling_back") {
    const what = {
      deploy: "deployment",
      verify: "verification",
      rollback: "rollback",
      flag: "turning of a feature flag",
      check: "check",
      start: "start",
      watch: "watch",
    }
    return refuse("conflict", `A ${what[busy?.kind ?? "deploy"]} is under way.`, { detail: { status: state.status } })
  }
  const words = note?.trim() || null
  if (state.status === "verifying" && words === null) {
    return refuse("invalid", "The verification did not pass: say why the release is closed.", { field: "note" })
  }
  const left = openAfterList(state)
  if (left.length > 0 && words === null) {
    const open = left.map(({ title }) => title)
    const message = `Of the list after go-live is left: ${open.join(", ")}. Say why the release is closed all the same.`
    return refuse("invalid", message, { field: "note", detail: { open } })
  }
  const events: NewEvent[] = unfinishedRuns(state, ["check", "watch"]).map((run) => ({
    type: "run.finished",
    actor,
    data: { runId: run.id, status: "cancelled", outcome: "Ended because the release was closed." },
  }))
  return { ok: true, events: [...events, { type: "release.closed", actor, data: { note: words } }] }
}

import type { Decision } from "@/lib/domain/release/decision"
import type { Followup, ReleaseState } from "@/lib/domain/release/state"
import type { Actor } from "@/lib/domain/timeline/actor"
import type { NewEvent } from "@/lib/domain/timeline/event"

/** What was found out about an item of the list. `ok` null: too little to say. */
export interface AfterFinding {
  followupKey: string
  ok: boolean | null
  words: string
}

/** What of the three days' list is left, in its order. None where its version is no longer the one that is live. */
export function openAfterList({ status, followups }: Pick<ReleaseState, "status" | "followups">): Followup[] {
  if (status !== "verifying" && status !== "watching") return []
  return Object.values(followups)
    .filter(({ list, done }) => list === "after" && done === null)
    .sort((a, b) => a.position - b.position)
}

/** Three days are over: what was found to be so is ticked with its figures; people are told of everything else. */
export function decideAfterDue(state: ReleaseState, findings: readonly AfterFinding[], actor: Actor): Decision {
  const found = new Map(findings.map((finding) => [finding.followupKey, finding]))
  const open = openAfterList(state)
  const isSo = ({ key }: Followup) => found.get(key)?.ok === true
  const done = open.filter(isSo).map(({ key }): NewEvent => {
    return { type: "followup.done", actor, data: { followupKey: key, note: found.get(key)?.words ?? null } }
  })
  const left = open
    .filter((followup) => !isSo(followup))
    .map(({ key, title }) => ({ followupKey: key, title, words: found.get(key)?.words ?? null }))
  const due: NewEvent[] = left.length > 0 ? [{ type: "followup.due", actor, data: { list: "after", left } }] : []
  return { ok: true, events: [...done, ...due] }
}

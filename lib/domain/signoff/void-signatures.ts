import { signoffRoles } from "@/lib/domain/access/roles"
import { evolve } from "@/lib/domain/release/evolve"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { Actor } from "@/lib/domain/timeline/actor"
import type { AnyTimelineEvent, NewEvent } from "@/lib/domain/timeline/event"
import { type CoveredContent, coveredContent } from "./covered-content"

/** The events, followed by `signoff.voided` for each signature that covered what they change. */
export function withVoidedSignatures(before: ReleaseState, events: readonly NewEvent[], actor: Actor): NewEvent[] {
  const signed = signoffRoles.filter((role) => before.signoffs[role]?.status === "signed")
  if (signed.length === 0) return [...events]
  const after = preview(before, events)
  const cause = whatChanged(before, after)
  if (cause === null) return [...events]
  const still = signed.filter((role) => after.signoffs[role]?.status === "signed")
  return [...events, ...still.map((role): NewEvent => ({ type: "signoff.voided", actor, data: { role, cause } }))]
}

/** The state as it will be: numbers, times and hashes are the commit's, and nothing that is signed depends on them. */
function preview(before: ReleaseState, events: readonly NewEvent[]): ReleaseState {
  return events.reduce((state: ReleaseState, event, index) => {
    const envelope = { releaseId: before.id, id: "", at: before.updatedAt, prevHash: "", hash: "" }
    return evolve(state, { ...event, ...envelope, seq: before.lastSeq + index + 1 } as AnyTimelineEvent)
  }, before)
}

/** What a signature covers and is no longer so, in words. Null: nothing. */
function whatChanged(beforeState: ReleaseState, afterState: ReleaseState): string | null {
  const before = coveredContent(beforeState)
  const after = coveredContent(afterState)
  const changes = [...changedParts(before, after), ...changedItems(before, after, afterState)]
  if (changes.length === 0) return null
  const [first, second, third, ...more] = changes
  const named = [first, second, third].filter((words) => words !== undefined).join("; ")
  return more.length > 0 ? `${named}; and ${more.length} more` : named
}

const partNames = {
  release: "the release",
  service: "the service",
  environment: "the environment",
  playbook: "the playbook",
}

function changedParts(before: CoveredContent, after: CoveredContent): string[] {
  return (Object.keys(partNames) as (keyof typeof partNames)[])
    .filter((part) => JSON.stringify(before[part]) !== JSON.stringify(after[part]))
    .map((part) => `${partNames[part]} changed`)
}

function changedItems(before: CoveredContent, after: CoveredContent, state: ReleaseState): string[] {
  const was = new Map(before.items.map((item) => [item.key, item]))
  return after.items.flatMap((item) => {
    const old = was.get(item.key)
    const title = `“${state.items[item.key]?.title ?? item.key}”`
    if (old?.state !== item.state) return [`${title} went from ${words(old?.state)} to ${words(item.state)}`]
    if (old.resultHash !== item.resultHash) return [`${title} has new evidence`]
    if (JSON.stringify(old.attachments) !== JSON.stringify(item.attachments)) {
      const more = item.attachments.length - old.attachments.length
      return [`${title} has ${more > 0 ? "more" : more < 0 ? "less" : "other"} evidence beside its proof`]
    }
    if (old.waiverReason !== item.waiverReason) return [`the reason why ${title} is ${words(item.state)} changed`]
    return []
  })
}

const words = (state = "nothing") => state.replaceAll("_", " ")

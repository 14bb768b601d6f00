import { disarmed } from "@/lib/domain/rollback/evolve-trigger"
import { personRefOf } from "@/lib/domain/timeline/actor-name"
import type { TimelineEvent } from "@/lib/domain/timeline/event"
import type { Fold } from "./fold"
import type { ChecklistItem, ReleaseState, Signoff, TriggerState } from "./state"

export function createRelease({ releaseId, seq, at, data }: TimelineEvent<"release.created">): ReleaseState {
  const { items, signoffs, triggers, policy, ...given } = data
  return {
    ...given,
    id: releaseId,
    createdAt: at,
    policy: { order: "parallel", expireMs: null, ...policy },
    status: "preparing",
    closed: null,
    items: Object.fromEntries(items.map((item) => [item.key, newItem(item)])),
    signoffs: Object.fromEntries(signoffs.map((signoff, position) => [signoff.role, newSignoff(signoff, position)])),
    proof: null,
    override: null,
    startedBy: [],
    schedule: null,
    runs: {},
    runOrder: [],
    previous: null,
    live: null,
    switchedAt: null,
    maintenance: { on: false, since: null, message: null, downtimeMs: 0, overdueAt: null },
    verification: null,
    triggers: Object.fromEntries(triggers.map((trigger) => [trigger.key, newTrigger(trigger)])),
    rollback: null,
    followups: {},
    flags: {},
    incidents: {},
    thresholds: {},
    rounds: null,
    reviews: {},
    reports: {},
    environmentLock: null,
    lastSeq: seq,
    updatedAt: at,
  }
}

export const closeRelease: Fold<"release.closed"> = (state, { actor, at, data }) => ({
  ...state,
  status: "closed",
  closed: { by: personRefOf(actor), at, note: data.note },
  triggers: disarmed(state.triggers),
})

type Created = TimelineEvent<"release.created">["data"]

const newItem = (item: Created["items"][number]): ChecklistItem => ({
  ...item,
  state: "open",
  revision: 0,
  evidence: null,
  attachments: [],
  validUntil: null,
  note: null,
  by: null,
  at: null,
  assignee: null,
  dueAt: null,
  comments: [],
  checking: null,
  checkTrouble: null,
})

const newSignoff = (signoff: Created["signoffs"][number], position: number): Signoff => ({
  ...signoff,
  position,
  quorum: signoff.quorum ?? 1,
  status: "pending",
  signatures: [],
  reason: null,
  by: null,
  declinedBy: null,
  at: null,
  reminded: null,
})

const newTrigger = (trigger: Created["triggers"][number]): TriggerState => ({
  ...trigger,
  armed: false,
  breach: null,
  baseline: null,
})

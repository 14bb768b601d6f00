import type { NewEvent } from "@/lib/domain/timeline/event"
import type { RunKind } from "./state"

/** Work that the decision asks for; committed with the events, found by `reconcile` if nobody is told. */
export interface NewRun {
  id: string
  kind: RunKind
  /** What the worker needs; parsed by the run kind's own schema. */
  input: unknown
  /** ISO instant before which it must not begin. */
  notBefore: string | null
}

/** A message owed to the outside, delivered at least once after the commit. */
export interface NewOutboxMessage {
  kind: string
  /** Messages of one lane go out in their order. Left out: none waits for it. */
  lane?: string
  /** For a notification: the channel that it leaves by, and what it is about. */
  channelId?: string
  topic?: string
  payload: Record<string, unknown>
}

export const timerKinds = [
  "schedule_reminder",
  "schedule_begin",
  "maintenance_overdue",
  "incident_level",
  "incident_repage",
  "incident_fix_due",
  "round_due",
  "after_due",
] as const
export type TimerKind = (typeof timerKinds)[number]

/** Something to be done at an instant; committed with the events, fired once. */
export interface NewTimer {
  kind: TimerKind
  /** What it belongs to: all timers of a subject are cancelled together. */
  subject: string
  /** ISO instant. */
  dueAt: string
  data: Record<string, unknown>
}

/** Why a request was refused: a stable code, a sentence, and what the browser needs to show what would be allowed. */
export interface Refusal {
  code: RefusalCode
  message: string
  /** The input field at fault, dotted. */
  field?: string
  /** Further facts: blockers of the gate, the current state of an item, who holds a lock. */
  detail?: Record<string, unknown>
}

/** Mapped once to HTTP: 400, 401, 403, 404, 409, 409, 409, 422, 429, 413. */
export type RefusalCode =
  | "bad_request"
  | "unauthenticated"
  | "forbidden"
  | "not_found"
  | "conflict"
  | "stale"
  | "not_ready"
  | "invalid"
  | "rate_limited"
  | "too_large"

export type Decision =
  | {
      ok: true
      events: NewEvent[]
      runs?: NewRun[]
      timers?: NewTimer[]
      /** Subjects whose timers are not to fire any more; done before `timers` are set. */
      cancelTimersOf?: string[]
    }
  | { ok: false; refusal: Refusal }

/** A decision that refuses. */
export function refuse(
  code: RefusalCode,
  message: string,
  more: Omit<Refusal, "code" | "message"> = {},
): Extract<Decision, { ok: false }> {
  return { ok: false, refusal: { code, message, ...more } }
}

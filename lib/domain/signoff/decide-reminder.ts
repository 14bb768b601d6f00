import { roleTitles, type SignoffRole } from "@/lib/domain/access/roles"
import { type Decision, refuse } from "@/lib/domain/release/decision"
import type { ReleaseState, Signoff } from "@/lib/domain/release/state"
import type { Actor, PersonRef } from "@/lib/domain/timeline/actor"
import { durationInWords } from "@/lib/domain/timeline/duration-in-words"
import { noSuchRole, notPreparing } from "./refusal-to-sign"
import { peopleBehind, signoffStatus, standingSignatures } from "./signoff-status"
import { roleNames, rolesBefore, signoffsInOrder } from "./turn"

export const REMIND_EVERY_MS = 10 * 60_000

interface WishToRemind {
  /** Null: all whose signature is awaited. */
  roles: readonly SignoffRole[] | null
  /** Who holds each role for the service now, or stands in for who does. */
  holders: Partial<Record<SignoffRole, readonly PersonRef[]>>
  nowMs: number
}

/** Reminds those who have not signed and could. A role is told at most every ten minutes. */
export function decideReminder(state: ReleaseState, { roles, holders, nowMs }: WishToRemind, actor: Actor): Decision {
  if (state.status !== "preparing") return { ok: false, refusal: notPreparing() }
  const unknown = roles?.find((role) => !state.signoffs[role])
  if (unknown) return { ok: false, refusal: noSuchRole(unknown) }
  for (const role of roles ?? []) {
    const why = whyNotAwaited(state, role, nowMs)
    if (why) return refuse("conflict", why, { field: "roles" })
  }
  const asked = roles ?? signoffsInOrder(state).map(({ role }) => role)
  const awaited = asked.filter((role) => whyNotAwaited(state, role, nowMs) === null)
  if (awaited.length === 0) return refuse("conflict", "Nobody’s signature is awaited.")
  const tooSoon = awaited.filter((role) => leftMs(state.signoffs[role], nowMs) > 0)
  const due = roles ? awaited : awaited.filter((role) => !tooSoon.includes(role))
  const [early] = tooSoon
  if (early && (roles || due.length === 0)) return tooEarly(state, early, nowMs)
  const to = unique(due.flatMap((role) => whoCouldSign(state, role, holders[role] ?? [], nowMs)))
  if (to.length === 0) {
    return refuse("conflict", `Nobody holds the role ${roleNames(due)} who could sign.`, { field: "roles" })
  }
  return { ok: true, events: [{ type: "signoff.reminded", actor, data: { roles: [...due], to } }] }
}

/** Whether a role is asked to sign now; a sentence says why not. */
export function whyNotAwaited(state: ReleaseState, role: SignoffRole, nowMs: number): string | null {
  const signoff = state.signoffs[role]
  const title = roleTitles[role]
  if (!signoff) return `${title} does not sign this release.`
  const status = signoffStatus(signoff, nowMs)
  if (status === "signed") return `${title} has signed already.`
  if (status === "declined") return `${title} declined: it must be re-opened first.`
  const before = rolesBefore(state, role, nowMs)
  return before.length > 0 ? `${title} signs after ${roleNames(before)}.` : null
}

function leftMs(signoff: Signoff | undefined, nowMs: number): number {
  return signoff?.reminded ? Date.parse(signoff.reminded.at) + REMIND_EVERY_MS - nowMs : 0
}

function tooEarly(state: ReleaseState, role: SignoffRole, nowMs: number): Decision {
  const signoff = state.signoffs[role]
  const retryAfterMs = leftMs(signoff, nowMs)
  const ago = durationInWords(Math.max(0, REMIND_EVERY_MS - retryAfterMs))
  const message = `${roleTitles[role]} was reminded ${ago} ago by ${signoff?.reminded?.by}. Again in ${durationInWords(retryAfterMs)}.`
  return refuse("conflict", message, { field: "roles", detail: { retryAfterMs } })
}

/** Without those whom a rule keeps from signing, and those who have. */
function whoCouldSign(
  state: ReleaseState,
  role: SignoffRole,
  holders: readonly PersonRef[],
  nowMs: number,
): PersonRef[] {
  const { policy } = state
  const taken = Object.values(state.signoffs)
    .filter((signoff) => signoff.role === role || policy.distinctPeople)
    .flatMap((signoff) => standingSignatures(signoff, nowMs).flatMap(peopleBehind))
  return holders.filter(({ id }) => !taken.includes(id) && (policy.authorMaySign || id !== state.createdBy.id))
}

function unique(people: readonly PersonRef[]): PersonRef[] {
  return [...new Map(people.map((person) => [person.id, { id: person.id, name: person.name }])).values()]
}

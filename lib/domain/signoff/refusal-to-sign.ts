import { roleTitles, type SignoffRole } from "@/lib/domain/access/roles"
import type { Refusal, RefusalCode } from "@/lib/domain/release/decision"
import type { ReleaseState, Signoff } from "@/lib/domain/release/state"
import type { Actor, PersonRef } from "@/lib/domain/timeline/actor"
import { capacityFor, type WishToAct } from "./capacity"
import { peopleBehind, standingSignatures } from "./signoff-status"
import { roleNames, rolesBefore } from "./turn"

/** The part of a release on which it depends who may sign. */
export type SigningState = Pick<ReleaseState, "signoffs" | "policy" | "createdBy" | "startedBy" | "schedule" | "status">

export interface WishToSign extends WishToAct {
  /** Keys of the confirmed sub-items. */
  items: readonly string[]
  /** What changed since the page was opened or the challenge was given, in words. Null: it is what would be signed. */
  changedSince: readonly string[] | null
  nowMs: number
}

/** Why this person may not sign for this role now; null: they may. Asked by the page, before a manifest is made, and by `decideSign`. */
export function refusalToSign(state: SigningState, wish: WishToSign, actor: Actor): Refusal | null {
  const found = signoffFor(state, wish, actor)
  if ("code" in found) return found
  return (
    refusalByStatus(found, wish) ??
    refusalByPolicy(state, found, wish) ??
    refusalByItems(found.signoff, wish) ??
    refusalAsStale(wish)
  )
}

export interface Acting {
  signoff: Signoff
  personId: string
  onBehalfOf: PersonRef | null
}

/** The sign-off and in whose name the actor acts for it, or why they may not at all. */
export function signoffFor(state: SigningState, wish: WishToAct, actor: Actor): Acting | Refusal {
  const signoff = state.signoffs[wish.role]
  if (!signoff) return noSuchRole(wish.role)
  if (actor.type !== "person") return refusal("forbidden", "Only a person can sign or decline.")
  const capacity = capacityFor(wish)
  if ("refusal" in capacity) return capacity.refusal
  if (state.status !== "preparing") return notPreparing()
  return { signoff, personId: actor.id, onBehalfOf: capacity.onBehalfOf }
}

function refusalByStatus(acting: Acting, { role, nowMs }: WishToSign): Refusal | null {
  const { signoff } = acting
  const title = roleTitles[role]
  if (signoff.status === "declined") {
    return refusal("conflict", `${title} declined; ${signoff.by} or an admin must re-open it first.`)
  }
  const standing = standingSignatures(signoff, nowMs)
  if (standing.length >= signoff.quorum) {
    return refusal(
      "conflict",
      `${title} has already signed, by ${standing.map(({ signer }) => signer.name).join(" and ")}.`,
    )
  }
  const own = standing.find((signature) => peopleBehind(signature).some((id) => isOneOf(acting, id)))
  if (!own) return null
  const rest = signoff.quorum - standing.length
  const whose = own.signer.id === acting.personId ? "You have" : `${own.signer.name} has`
  const forWhom = own.onBehalfOf ? ` for ${own.onBehalfOf.name}` : ""
  const more = rest === 1 ? "one more person" : `${rest} more people`
  return refusal("conflict", `${whose} signed as ${title}${forWhom}: ${more} must sign.`)
}

function refusalByPolicy(state: SigningState, acting: Acting, { role, nowMs }: WishToSign): Refusal | null {
  const { policy, createdBy } = state
  if (!policy.authorMaySign && isOneOf(acting, createdBy.id)) {
    const words = acting.personId === createdBy.id ? "The" : "Nobody may sign for the"
    const end = acting.personId === createdBy.id ? " may not sign it." : "."
    return refusal("forbidden", `${words} person who created the release${end}`)
  }
  const starter = policy.starterMaySign ? undefined : starters(state).find(({ id }) => isOneOf(acting, id))
  if (starter) {
    const whose = starter.id === acting.personId ? "You have" : `${starter.name} has`
    return refusal("forbidden", `${whose} started or scheduled the deployment: who does may not sign.`)
  }
  const other = policy.distinctPeople ? otherRole(state, acting, role, nowMs) : null
  if (other) return other
  const before = rolesBefore(state, role, nowMs)
  if (before.length === 0) return null
  const message = `${roleTitles[role]} signs after ${roleNames(before)}: ${before.length === 1 ? "that signature does" : "those signatures do"} not stand yet.`
  return refusal("conflict", message, { detail: { before } })
}

/** Who has set a deployment of this release going, or has set a time for it. */
function starters({ startedBy, schedule }: SigningState): PersonRef[] {
  return schedule && schedule.status !== "expired" ? [...startedBy, schedule.by] : startedBy
}

/** One person stands for one role, whether they signed themselves, for somebody, or somebody signed for them. */
function otherRole(state: SigningState, acting: Acting, except: SignoffRole, nowMs: number): Refusal | null {
  for (const signoff of Object.values(state.signoffs)) {
    if (signoff.role === except) continue
    const id = standingSignatures(signoff, nowMs)
      .flatMap(peopleBehind)
      .find((each) => isOneOf(acting, each))
    if (id === undefined) continue
    const who = id === acting.personId ? "You stand" : `${acting.onBehalfOf?.name} stands`
    return refusal("forbidden", `${who} for ${roleTitles[signoff.role]} already: one person may not sign two roles.`)
  }
  return null
}

function refusalByItems(signoff: Signoff, wish: WishToSign): Refusal | null {
  const missing = signoff.items.filter((item) => !wish.items.includes(item.key))
  if (missing.length > 0) {
    const titles = missing.map((item) => `“${item.title}”`).join(", ")
    const detail = { missing: missing.map((item) => item.key) }
    return refusal("invalid", `Every point must be confirmed; missing: ${titles}.`, { field: "items", detail })
  }
  const unknown = wish.items.filter((key) => !signoff.items.some((item) => item.key === key))
  if (unknown.length === 0) return null
  const message = `These points are not among ${roleTitles[wish.role]}’s: ${unknown.join(", ")}.`
  return refusal("invalid", message, { field: "items" })
}

function refusalAsStale({ changedSince }: WishToSign): Refusal | null {
  return changedSince === null ? null : staleRefusal(changedSince)
}

/** What was shown, or what a challenge was given for, is not so any more. */
export function staleRefusal(changes: readonly string[]): Refusal {
  const what = changes.length > 0 ? `: ${changes.join("; ")}` : ""
  const message = `The release changed since this page was opened${what}. Look at it again before you sign.`
  return refusal("stale", message, { field: "contentHash", detail: { changes: [...changes] } })
}

function isOneOf({ personId, onBehalfOf }: Acting, id: string): boolean {
  return id === personId || id === onBehalfOf?.id
}

function refusal(code: RefusalCode, message: string, more: Omit<Refusal, "code" | "message"> = {}): Refusal {
  return { code, message, ...more }
}
export const noSuchRole = (role: SignoffRole) => refusal("not_found", `${roleTitles[role]} does not sign this release.`)
export const notPreparing = () => refusal("conflict", "Signatures only change while the release is being prepared.")

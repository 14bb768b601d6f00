import { type Role, roleTitles, type SignoffRole } from "@/lib/domain/access/roles"
import { type Decision, type Refusal, type RefusalCode, refuse } from "@/lib/domain/release/decision"
import type { ReleaseState, Signoff } from "@/lib/domain/release/state"
import type { Actor } from "@/lib/domain/timeline/actor"
import type { EventData } from "@/lib/domain/timeline/event-types"

export interface WishToSign {
  role: SignoffRole
  /** Keys of the confirmed sub-items. */
  items: readonly string[]
  /** The roles that the person holds for the service. */
  roles: readonly Role[]
  /** Whether what the signing page showed is still what would be signed. */
  contentHashMatches: boolean
}

/** Why this person may not sign for this role now; null: they may. Asked before the manifest is sealed, and by `decideSign`. */
export function refusalToSign(state: ReleaseState, wish: WishToSign, actor: Actor): Refusal | null {
  const found = signoffFor(state, wish, actor)
  if ("code" in found) return found
  const { signoff, personId } = found
  const title = roleTitles[wish.role]
  if (signoff.status === "signed") {
    return refusal("conflict", `${title} has already signed, by ${signersOf(signoff)}.`)
  }
  if (signoff.status === "declined") {
    return refusal("conflict", `${title} declined; ${signoff.by} or an admin must re-open it first.`)
  }
  if (!state.policy.authorMaySign && state.createdBy.id === personId) {
    return refusal("forbidden", "The person who created the release may not sign it.")
  }
  const other = state.policy.distinctPeople ? signedBy(state, personId, wish.role) : null
  if (other) {
    return refusal("forbidden", `You have signed as ${roleTitles[other]}: one person may not sign two roles.`)
  }
  const missing = signoff.items.filter((item) => !wish.items.includes(item.key))
  if (missing.length > 0) {
    const titles = missing.map((item) => `“${item.title}”`).join(", ")
    const detail = { missing: missing.map((item) => item.key) }
    return refusal("invalid", `Every point must be confirmed; missing: ${titles}.`, { field: "items", detail })
  }
  const unknown = wish.items.filter((key) => !signoff.items.some((item) => item.key === key))
  if (unknown.length > 0) {
    return refusal("invalid", `These points are not among ${title}’s: ${unknown.join(", ")}.`, { field: "items" })
  }
  if (!wish.contentHashMatches) {
    return refusal("stale", "The release changed since this page was opened. Look at it again before you sign.")
  }
  return null
}

/** Signs. `signature` holds what was sealed over the manifest; the signer is the actor. */
export function decideSign(
  state: ReleaseState,
  { signature, ...wish }: WishToSign & { signature: Omit<EventData<"signoff.signed">, "role" | "signer" | "items"> },
  actor: Actor,
): Decision {
  const refused = refusalToSign(state, wish, actor)
  if (refused) return { ok: false, refusal: refused }
  if (actor.type !== "person") return refuse("forbidden", "Only a person can sign.")
  const signer = { id: actor.id, name: actor.name }
  // In the playbook's order, whatever order the page sent.
  const items = (state.signoffs[wish.role]?.items ?? []).map((item) => item.key)
  return {
    ok: true,
    events: [{ type: "signoff.signed", actor, data: { ...signature, role: wish.role, signer, items } }],
  }
}

export function decideDecline(
  state: ReleaseState,
  { role, reason, roles }: { role: SignoffRole; reason: string; roles: readonly Role[] },
  actor: Actor,
): Decision {
  const found = signoffFor(state, { role, roles }, actor)
  if ("code" in found) return { ok: false, refusal: found }
  const { status } = found.signoff
  if (status === "signed") return refuse("conflict", `${roleTitles[role]} has signed; withdraw the signature instead.`)
  if (status === "declined") return refuse("conflict", `${roleTitles[role]} has already declined.`)
  if (!reason.trim()) return refuse("invalid", "Say why you decline.", { field: "reason" })
  return { ok: true, events: [{ type: "signoff.declined", actor, data: { role, reason: reason.trim() } }] }
}

/** The signer, or an admin, takes a signature back. */
export function decideWithdraw(
  state: ReleaseState,
  { role, reason, roles }: { role: SignoffRole; reason: string; roles: readonly Role[] },
  actor: Actor,
): Decision {
  const signoff = state.signoffs[role]
  if (!signoff) return { ok: false, refusal: noSuchRole(role) }
  if (state.status !== "preparing") return { ok: false, refusal: notPreparing() }
  if (signoff.status !== "signed") return refuse("conflict", `${roleTitles[role]} has not signed.`)
  const isSigner = actor.type === "person" && signoff.signatures.some(({ signer }) => signer.id === actor.id)
  if (!isSigner && !roles.includes("admin")) {
    return refuse("forbidden", `Only ${signersOf(signoff)} or an admin may withdraw this signature.`)
  }
  if (!reason.trim()) return refuse("invalid", "Say why it is withdrawn.", { field: "reason" })
  return { ok: true, events: [{ type: "signoff.withdrawn", actor, data: { role, reason: reason.trim() } }] }
}

/** The decliner, or an admin, lets the role be signed after all. */
export function decideReopen(
  state: ReleaseState,
  { role, reason, roles }: { role: SignoffRole; reason: string; roles: readonly Role[] },
  actor: Actor,
): Decision {
  const signoff = state.signoffs[role]
  if (!signoff) return { ok: false, refusal: noSuchRole(role) }
  if (state.status !== "preparing") return { ok: false, refusal: notPreparing() }
  if (signoff.status !== "declined") return refuse("conflict", `${roleTitles[role]} has not declined.`)
  const isDecliner = actor.type === "person" && signoff.declinedBy?.id === actor.id
  if (!isDecliner && !roles.includes("admin")) {
    return refuse("forbidden", `Only ${signoff.by} or an admin may re-open it.`)
  }
  if (!reason.trim()) return refuse("invalid", "Say why it is re-opened.", { field: "reason" })
  return { ok: true, events: [{ type: "signoff.reopened", actor, data: { role, reason: reason.trim() } }] }
}

function signoffFor(
  state: ReleaseState,
  { role, roles }: { role: SignoffRole; roles: readonly Role[] },
  actor: Actor,
): { signoff: Signoff; personId: string } | Refusal {
  const signoff = state.signoffs[role]
  if (!signoff) return noSuchRole(role)
  if (actor.type !== "person") return refusal("forbidden", "Only a person can sign or decline.")
  if (!roles.includes(role)) return refusal("forbidden", `You do not hold the role ${roleTitles[role]}.`)
  if (state.status !== "preparing") return notPreparing()
  return { signoff, personId: actor.id }
}

/** The other role for which this person's signature stands. */
function signedBy(state: ReleaseState, personId: string, except: SignoffRole): SignoffRole | null {
  const signoffs = Object.values(state.signoffs)
  const other = signoffs.find(
    ({ role, status, signatures }) =>
      role !== except && status !== "void" && signatures.some(({ signer }) => signer.id === personId),
  )
  return other?.role ?? null
}

function signersOf({ signatures }: Signoff): string {
  return signatures.map(({ signer }) => signer.name).join(" and ")
}

function refusal(code: RefusalCode, message: string, more: Omit<Refusal, "code" | "message"> = {}): Refusal {
  return { code, message, ...more }
}
const noSuchRole = (role: SignoffRole) => refusal("not_found", `${roleTitles[role]} does not sign this release.`)
const notPreparing = () => refusal("conflict", "Signatures only change while the release is being prepared.")

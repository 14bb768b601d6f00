import { type Role, roleTitles, type SignoffRole } from "@/lib/domain/access/roles"
import { type Decision, refuse } from "@/lib/domain/release/decision"
import type { ReleaseState, Signature } from "@/lib/domain/release/state"
import type { Actor } from "@/lib/domain/timeline/actor"
import type { NewEvent } from "@/lib/domain/timeline/event"
import type { EventData } from "@/lib/domain/timeline/event-types"
import type { WishToAct } from "./capacity"
import { noSuchRole, notPreparing, refusalToSign, signoffFor, type WishToSign } from "./refusal-to-sign"
import { peopleBehind, standingSignatures } from "./signoff-status"

type Sealed = Omit<EventData<"signoff.signed">, "role" | "signer" | "items" | "onBehalfOf">

/** Signs. `signature` holds what was sealed over the manifest; the signer is the actor. */
export function decideSign(
  state: ReleaseState,
  { signature, ...wish }: WishToSign & { signature: Sealed },
  actor: Actor,
): Decision {
  const refused = refusalToSign(state, wish, actor)
  if (refused) return { ok: false, refusal: refused }
  const acting = signoffFor(state, wish, actor)
  if (actor.type !== "person" || "code" in acting) return refuse("forbidden", "Only a person can sign.")
  const { role } = wish
  const data: EventData<"signoff.signed"> = {
    ...signature,
    role,
    signer: { id: actor.id, name: actor.name },
    ...(acting.onBehalfOf ? { onBehalfOf: acting.onBehalfOf } : {}),
    // In the playbook's order, whatever order the page sent.
    items: acting.signoff.items.map((item) => item.key),
  }
  return { ok: true, events: [{ type: "signoff.signed", actor, data }] }
}

/** Stops the release until the decliner or an admin re-opens the role. */
export function decideDecline(
  state: ReleaseState,
  { reason, nowMs, ...wish }: WishToAct & { reason: string; nowMs: number },
  actor: Actor,
): Decision {
  const found = signoffFor(state, wish, actor)
  if ("code" in found) return { ok: false, refusal: found }
  const { signoff, personId, onBehalfOf } = found
  const { role } = wish
  const title = roleTitles[role]
  const standing = standingSignatures(signoff, nowMs)
  const signed = standing.length >= signoff.quorum || standing.some((one) => peopleBehind(one).includes(personId))
  if (signed) return refuse("conflict", `${title} has signed; withdraw the signature instead.`)
  if (signoff.status === "declined") return refuse("conflict", `${title} has already declined.`)
  if (!reason.trim()) return refuse("invalid", "Say why you decline.", { field: "reason" })
  const data = { role, reason: reason.trim(), ...(onBehalfOf ? { onBehalfOf } : {}) }
  return { ok: true, events: [{ type: "signoff.declined", actor, data }] }
}

interface WishToTakeBack {
  role: SignoffRole
  reason: string
  roles: readonly Role[]
  /** Which of the role's signatures; left out: one's own, and for an admin without one all. */
  signatureId?: string
  nowMs: number
}

/** The signer, who they signed for, or an admin takes a signature back. */
export function decideWithdraw(state: ReleaseState, wish: WishToTakeBack, actor: Actor): Decision {
  const { role, reason, roles, signatureId, nowMs } = wish
  const signoff = state.signoffs[role]
  if (!signoff) return { ok: false, refusal: noSuchRole(role) }
  if (state.status !== "preparing") return { ok: false, refusal: notPreparing() }
  const standing = standingSignatures(signoff, nowMs)
  if (standing.length === 0) return refuse("conflict", `${roleTitles[role]} has not signed.`)
  const own = standing.filter((one) => actor.type === "person" && peopleBehind(one).includes(actor.id))
  const reach = roles.includes("admin") ? standing : own
  if (reach.length === 0) {
    return refuse("forbidden", `Only ${signersOf(standing)} or an admin may withdraw this signature.`)
  }
  const meant = signatureId ? standing.filter(({ id }) => id === signatureId) : own.length > 0 ? own : reach
  if (meant.length === 0) return refuse("conflict", "That signature does not stand any more.", { field: "signatureId" })
  if (meant.some((one) => !reach.includes(one))) {
    return refuse("forbidden", `Only ${signersOf(meant)} or an admin may withdraw this signature.`)
  }
  if (!reason.trim()) return refuse("invalid", "Say why it is withdrawn.", { field: "reason" })
  const events = meant.map(({ id }): NewEvent => {
    return { type: "signoff.withdrawn", actor, data: { role, reason: reason.trim(), signatureId: id } }
  })
  return { ok: true, events }
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

function signersOf(signatures: readonly Signature[]): string {
  return signatures.map(({ signer }) => signer.name).join(" and ")
}

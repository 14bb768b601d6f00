import type { SignoffRole } from "@/lib/domain/access/roles"
import type { Folds } from "@/lib/domain/release/fold"
import type { ReleaseState, Signoff } from "@/lib/domain/release/state"
import { actorName, personRefOf } from "@/lib/domain/timeline/actor-name"
import { stands } from "./signoff-status"

export const foldSignoff: Folds<"signoff"> = {
  "signoff.signed": (state, { actor, at, data }) => {
    const signoff = state.signoffs[data.role]
    if (!signoff) return state
    const signature = {
      id: data.signatureId,
      signer: data.signer,
      onBehalfOf: data.onBehalfOf ?? null,
      at,
      method: data.method,
      manifestHash: data.manifestHash,
      meaning: data.meaning,
      evidenceId: data.evidenceId,
      expiresAt: data.expiresAt ?? null,
    }
    // What is void, or has run out, makes way for what is signed now.
    const standing = signoff.status === "void" ? [] : signoff.signatures.filter((each) => stands(each, Date.parse(at)))
    const signatures = [...standing, signature]
    return changedSignoff(state, data.role, {
      status: signatures.length >= signoff.quorum ? "signed" : "pending",
      signatures,
      reason: null,
      declinedBy: null,
      by: actorName(actor),
      at,
    })
  },
  "signoff.declined": (state, { actor, at, data }) =>
    changedSignoff(state, data.role, {
      status: "declined",
      signatures: [],
      reason: data.reason,
      declinedBy: personRefOf(actor),
      by: data.onBehalfOf ? `${actorName(actor)} for ${data.onBehalfOf.name}` : actorName(actor),
      at,
    }),
  "signoff.withdrawn": (state, { actor, at, data }) => {
    const signatures = state.signoffs[data.role]?.signatures ?? []
    return changedSignoff(state, data.role, {
      status: "withdrawn",
      signatures: data.signatureId ? signatures.filter(({ id }) => id !== data.signatureId) : [],
      reason: data.reason,
      by: actorName(actor),
      at,
    })
  },
  "signoff.reopened": (state, { actor, at, data }) =>
    changedSignoff(state, data.role, {
      status: "pending",
      signatures: [],
      reason: data.reason,
      declinedBy: null,
      by: actorName(actor),
      at,
    }),
  "signoff.reminded": (state, { actor, at, data }) =>
    data.roles.reduce((next, role) => changedSignoff(next, role, { reminded: { at, by: actorName(actor) } }), state),
  // The signature stays to be seen: it says who is asked again.
  "signoff.voided": (state, { actor, at, data }) =>
    changedSignoff(state, data.role, { status: "void", reason: data.cause, by: actorName(actor), at }),
}

function changedSignoff(state: ReleaseState, role: SignoffRole, change: Partial<Signoff>): ReleaseState {
  const signoff = state.signoffs[role]
  if (!signoff) return state
  return { ...state, signoffs: { ...state.signoffs, [role]: { ...signoff, ...change } } }
}

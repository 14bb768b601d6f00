import type { SignoffRole } from "@/lib/domain/access/roles"
import type { Folds } from "@/lib/domain/release/fold"
import type { ReleaseState, Signoff } from "@/lib/domain/release/state"
import { actorName, personRefOf } from "@/lib/domain/timeline/actor-name"

export const foldSignoff: Folds<"signoff"> = {
  "signoff.signed": (state, { actor, at, data }) =>
    changedSignoff(state, data.role, {
      status: "signed",
      signature: {
        id: data.signatureId,
        signer: data.signer,
        at,
        method: data.method,
        manifestHash: data.manifestHash,
        meaning: data.meaning,
      },
      reason: null,
      declinedBy: null,
      by: actorName(actor),
      at,
    }),
  "signoff.declined": (state, { actor, at, data }) =>
    changedSignoff(state, data.role, {
      status: "declined",
      signature: null,
      reason: data.reason,
      declinedBy: personRefOf(actor),
      by: actorName(actor),
      at,
    }),
  "signoff.withdrawn": (state, { actor, at, data }) =>
    changedSignoff(state, data.role, {
      status: "withdrawn",
      signature: null,
      reason: data.reason,
      by: actorName(actor),
      at,
    }),
  "signoff.reopened": (state, { actor, at, data }) =>
    changedSignoff(state, data.role, {
      status: "pending",
      signature: null,
      reason: data.reason,
      declinedBy: null,
      by: actorName(actor),
      at,
    }),
  // The signature stays to be seen: it says who is asked again.
  "signoff.voided": (state, { actor, at, data }) =>
    changedSignoff(state, data.role, { status: "void", reason: data.cause, by: actorName(actor), at }),
}

function changedSignoff(state: ReleaseState, role: SignoffRole, change: Partial<Signoff>): ReleaseState {
  const signoff = state.signoffs[role]
  if (!signoff) return state
  return { ...state, signoffs: { ...state.signoffs, [role]: { ...signoff, ...change } } }
}

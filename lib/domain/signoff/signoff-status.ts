import type { ReleaseState, Signature, Signoff, SignoffStatus } from "@/lib/domain/release/state"

type Standing = Pick<Signoff, "status" | "quorum" | "signatures">

/** How a sign-off stands at this moment: signed by as many as it takes, unless too many of them have run out. */
export function signoffStatus(signoff: Standing, nowMs: number): SignoffStatus {
  if (signoff.status !== "signed") return signoff.status
  return standingSignatures(signoff, nowMs).length >= signoff.quorum ? "signed" : "expired"
}

/** The signatures that count now: none where the sign-off is void or declined. */
export function standingSignatures({ status, signatures }: Omit<Standing, "quorum">, nowMs: number): Signature[] {
  if (status === "void" || status === "declined") return []
  return signatures.filter((signature) => stands(signature, nowMs))
}

/** Half-open: at the instant at which it expires, a signature no longer stands. */
export function stands({ expiresAt }: Pick<Signature, "expiresAt">, nowMs: number): boolean {
  return expiresAt === null || nowMs < Date.parse(expiresAt)
}

/** Until when a signature of this instant stands; null: until something changes. */
export function expiryOf({ policy }: Pick<ReleaseState, "policy">, at: string): string | null {
  return policy.expireMs === null ? null : new Date(Date.parse(at) + policy.expireMs).toISOString()
}

/** The people whose word a signature is: who signed and, through a stand-in, who holds the role. */
export function peopleBehind({ signer, onBehalfOf }: Pick<Signature, "signer" | "onBehalfOf">): string[] {
  return onBehalfOf ? [signer.id, onBehalfOf.id] : [signer.id]
}

import type { Signature, Signoff, SignoffStatus } from "@/lib/domain/release/state"

/** How a sign-off stands at this moment: signed by as many as it takes, unless too many of them have run out. */
export function signoffStatus(
  signoff: Pick<Signoff, "status" | "quorum" | "signatures">,
  nowMs: number,
): SignoffStatus {
  if (signoff.status !== "signed") return signoff.status
  return signoff.signatures.filter((signature) => stands(signature, nowMs)).length >= signoff.quorum
    ? "signed"
    : "expired"
}

/** Half-open: at the instant at which it expires, a signature no longer stands. */
export function stands({ expiresAt }: Pick<Signature, "expiresAt">, nowMs: number): boolean {
  return expiresAt === null || nowMs < Date.parse(expiresAt)
}

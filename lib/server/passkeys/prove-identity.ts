import type { AuthenticationResponseJSON } from "@simplewebauthn/server"
import type { FreshProof, PasskeyErrand } from "@/lib/contracts/api/passkeys"
import type { Context, Person } from "@/lib/server/access/context"
import { recordSecurityEvent } from "@/lib/server/access/record-security-event"
import { confirmPassword } from "@/lib/server/people/confirm-password"
import { done, type Result, refused } from "@/lib/server/result"
import { finishAssertion } from "./finish-assertion"

/**
 * A fresh proof of who is at the keyboard: the current password, or a passkey's answer that was asked for exactly this
 * errand. Refusals name the field, are counted and on record.
 */
export async function proveIdentity(
  ctx: Context,
  person: Person,
  { password, passkey }: FreshProof,
  errand: PasskeyErrand,
): Promise<Result<null>> {
  if (password !== undefined) return confirmPassword(ctx, person, password)
  if (passkey === undefined) return refused("invalid", "A password or a passkey is needed.", { field: "password" })
  const finished = await finishAssertion({
    person: { id: person.id },
    purpose: "enrol",
    challengeId: passkey.challengeId,
    response: passkey.response as unknown as AuthenticationResponseJSON,
    address: ctx.address,
  })
  if (!finished.ok) return finished
  if (isSameErrand(finished.value.data, errand)) return done(null)
  const data = { purpose: "enrol", why: "the challenge was given for something else", errand }
  await recordSecurityEvent({ type: "passkey.refused", userId: person.id, address: ctx.address, data })
  return refused("forbidden", "This passkey’s answer was given for something else.", { field: "passkey" })
}

function isSameErrand(kept: unknown, errand: PasskeyErrand): boolean {
  if (kept === null || typeof kept !== "object" || !("for" in kept) || kept.for !== errand.for) return false
  return errand.for === "add" || ("passkeyId" in kept && kept.passkeyId === errand.passkeyId)
}

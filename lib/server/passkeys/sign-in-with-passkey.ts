import type { AuthenticationResponseJSON } from "@simplewebauthn/server"
import { passkeyAnswerSchema } from "@/lib/contracts/api/passkeys"
import { recordSecurityEvent } from "@/lib/server/access/record-security-event"
import { prisma } from "@/lib/server/db"
import type { SignIn } from "@/lib/server/people/sign-in"
import { finishAssertion } from "./finish-assertion"

/**
 * Lets in whoever a passkey belongs to. `answer`: `{challengeId, response}` as it came. Everything that is wrong with it is
 * one answer to the outside; what it was is on record.
 */
export async function signInWithPasskey(answer: unknown, address: string | null): Promise<SignIn> {
  const parsed = passkeyAnswerSchema.safeParse(answer)
  if (!parsed.success) return { ok: false, reason: "wrong" }
  const finished = await finishAssertion({
    person: null,
    purpose: "sign_in",
    challengeId: parsed.data.challengeId,
    response: parsed.data.response as unknown as AuthenticationResponseJSON,
    address,
  })
  if (!finished.ok) return { ok: false, reason: finished.refusal.code === "rate_limited" ? "too_many" : "wrong" }
  const { personId, proof } = finished.value
  const person = await prisma.user.findUnique({
    where: { id: personId, disabledAt: null },
    select: { id: true, name: true, email: true },
  })
  if (!person) return { ok: false, reason: "wrong" }
  const data = { method: "passkey", passkeyId: proof.passkeyId }
  await recordSecurityEvent({ type: "sign_in.done", userId: person.id, address, data })
  return { ok: true, person }
}

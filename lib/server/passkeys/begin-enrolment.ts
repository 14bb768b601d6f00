import { generateRegistrationOptions, type PublicKeyCredentialCreationOptionsJSON } from "@simplewebauthn/server"
import { freshProofRequest } from "@/lib/contracts/api/passkeys"
import type { Context } from "@/lib/server/access/context"
import { prisma } from "@/lib/server/db"
import { parseInput } from "@/lib/server/parse-input"
import { done, type Result, refused } from "@/lib/server/result"
import { personAtTheKeyboard } from "@/lib/server/sessions/person-at-the-keyboard"
import { CHALLENGE_LIFE_MS, issueChallenge } from "./issue-challenge"
import { proveIdentity } from "./prove-identity"
import { PASSKEY_ALGORITHMS } from "./public-key"
import { relyingParty, unnamedRefusal } from "./relying-party"
import { userHandleOf } from "./user-handle"

/** More than anybody has; a bound on what one account can store. */
export const MOST_PASSKEYS = 20

export interface BegunEnrolment {
  challengeId: string
  /** For `navigator.credentials.create`. */
  options: PublicKeyCredentialCreationOptionsJSON
  expiresAt: string
}

/**
 * Asks an authenticator to make a passkey for the person at the keyboard, after a fresh proof: a session that was left open
 * is not enough to add a way in. The challenge belongs to this person and this session.
 */
export async function beginEnrolment(ctx: Context, body: unknown): Promise<Result<BegunEnrolment>> {
  const asking = personAtTheKeyboard(ctx, "add a passkey")
  if (!asking.ok) return asking
  const { person } = asking
  const input = parseInput(freshProofRequest, body)
  if (!input.ok) return input
  const unnamed = unnamedRefusal()
  if (unnamed) return unnamed
  const { id: rpId } = relyingParty()
  const keys = await prisma.passkey.findMany({ where: { userId: person.id, removedAt: null } })
  if (keys.length >= MOST_PASSKEYS) {
    return refused("conflict", `You have ${keys.length} passkeys. Remove one before you add another.`)
  }
  const proved = await proveIdentity(ctx, person, input.value, { for: "add" })
  if (!proved.ok) return proved
  const options = await generateRegistrationOptions({
    rpName: "Golive",
    rpID: rpId,
    userID: new Uint8Array(Buffer.from(userHandleOf(person.id), "base64url")),
    userName: person.email,
    userDisplayName: person.name,
    timeout: CHALLENGE_LIFE_MS,
    attestationType: "none",
    // Discoverable, so that signing in asks for no name; verified, so that a lost device alone opens nothing.
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    supportedAlgorithmIDs: PASSKEY_ALGORITHMS,
    excludeCredentials: keys
      .filter((key) => key.rpId === rpId)
      .map(({ credentialId, transports }) => ({ id: credentialId, transports })),
  })
  const issued = await issueChallenge({
    personId: person.id,
    purpose: "enrol",
    challenge: options.challenge,
    data: { sessionId: ctx.sessionId ?? null },
  })
  return done({ ...issued, options })
}

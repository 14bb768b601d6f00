import type { AuthenticationResponseJSON } from "@simplewebauthn/server"
import type { PasskeyProof } from "@/lib/contracts/passkey-proof"
import { recordSecurityEvent } from "@/lib/server/access/record-security-event"
import { type AttemptLimit, forgetAttempts, takeAttempt, WRONG_PASSWORDS } from "@/lib/server/access/take-attempt"
import { databaseNow } from "@/lib/server/clock"
import { sha256Hex } from "@/lib/server/crypto/sha256"
import { prisma } from "@/lib/server/db"
import { done, type Result, refused } from "@/lib/server/result"
import type { Passkey } from "@/prisma/generated/client/client"
import type { ChallengePurpose } from "./issue-challenge"
import { spkiOfCose } from "./public-key"
import { relyingParty } from "./relying-party"
import { takeChallenge } from "./take-challenge"
import { verifyAssertion } from "./verify-assertion"

interface Answered {
  /** Null: whoever signs in. */
  person: { id: string } | null
  purpose: ChallengePurpose
  challengeId: string
  response: AuthenticationResponseJSON
  address: string | null
}

export interface FinishedAssertion {
  personId: string
  /** What was kept with the challenge. */
  data: unknown
  proof: PasskeyProof
}

interface Fault {
  why: string
  /** What exactly does not verify; for the record alone. */
  detail?: string
  /** Whose key it is, where it is known. */
  ownerId?: string
}

/** Behind one address there may be a whole company, and nobody guesses a key: more of them than of wrong passwords. */
const WRONG_SIGN_INS: AttemptLimit = { ...WRONG_PASSWORDS, max: WRONG_PASSWORDS.max * 12 }

/**
 * Verifies a passkey's answer to a challenge of `beginAssertion`. A challenge is used up by the first answer, right or wrong.
 * Refusals (forbidden, field `passkey`) are counted and on record.
 */
export async function finishAssertion(answered: Answered): Promise<Result<FinishedAssertion>> {
  const { person, address, challengeId, purpose } = answered
  const [bucket, limit] = person
    ? ([`passkey:${person.id}`, WRONG_PASSWORDS] as const)
    : ([`passkey-from:${sha256Hex(address ?? "unknown")}`, WRONG_SIGN_INS] as const)
  const { retryAfterMs } = await takeAttempt(bucket, limit)
  const event = { userId: person?.id ?? null, address }
  if (retryAfterMs > 0) {
    await recordSecurityEvent({ ...event, type: "passkey.limited", data: { purpose } })
    const message = `Too many attempts. Try again in ${Math.ceil(retryAfterMs / 60_000)} min.`
    return refused("rate_limited", message, { field: "passkey", detail: { retryAfterMs } })
  }
  const outcome = await judge(answered)
  if ("why" in outcome) {
    const { ownerId, ...fault } = outcome
    const data = { purpose, challengeId, ...fault, ...(ownerId && ownerId !== person?.id ? { ownerId } : {}) }
    await recordSecurityEvent({ ...event, userId: event.userId ?? ownerId ?? null, type: "passkey.refused", data })
    return refused("forbidden", `The passkey was not accepted: ${fault.why}.`, { field: "passkey" })
  }
  await forgetAttempts(bucket)
  return done(outcome)
}

async function judge({ person, purpose, challengeId, response }: Answered): Promise<FinishedAssertion | Fault> {
  const challenge = await takeChallenge({ challengeId, purpose, personId: person?.id ?? null })
  if (typeof challenge === "string") return { why: challenge }
  const key = await findKey(response.id)
  if (!key) return { why: "it is not one of yours" }
  const ownerId = key.userId
  const { rpId } = key
  if (key.removedAt || (person && ownerId !== person.id)) return { why: "it is not one of yours", ownerId }
  if (key.user.disabledAt) return { why: "this account is disabled", ownerId }
  if (rpId !== relyingParty().id) return { why: `it was made for ${rpId}`, ownerId }
  const verified = await verifyAssertion({ key, challenge: challenge.challenge, response, discovered: !person })
  if (!verified.ok) return { why: "its answer does not verify", detail: verified.why, ownerId }
  // Only from the counter that was verified against: of two answers with one counter, one is a copy's.
  const { count } = await prisma.passkey.updateMany({
    where: { id: key.id, counter: key.counter, removedAt: null },
    data: { counter: verified.counter, backedUp: verified.backedUp, lastUsedAt: await databaseNow() },
  })
  if (count !== 1) return { why: "it was used or removed meanwhile", ownerId }
  return { personId: ownerId, data: challenge.data, proof: proofOf(key, response) }
}

function findKey(credentialId: unknown) {
  // What no browser sends never reaches the database.
  if (typeof credentialId !== "string" || !/^[A-Za-z0-9_-]{1,1400}$/.test(credentialId)) return null
  return prisma.passkey.findUnique({ where: { credentialId }, include: { user: { select: { disabledAt: true } } } })
}

function proofOf(key: Passkey, { response }: AuthenticationResponseJSON): PasskeyProof {
  return {
    passkeyId: key.id,
    passkeyName: key.name,
    credentialId: key.credentialId,
    publicKeySpki: spkiOfCose(key.publicKey),
    algorithm: key.algorithm as PasskeyProof["algorithm"],
    rpId: key.rpId,
    origin: relyingParty().origin,
    authenticatorData: response.authenticatorData,
    clientDataJson: response.clientDataJSON,
    signature: response.signature,
  }
}

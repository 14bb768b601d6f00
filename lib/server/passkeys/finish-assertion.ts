import { type AuthenticationResponseJSON, verifyAuthenticationResponse } from "@simplewebauthn/server"
import type { PasskeyProof } from "@/lib/contracts/passkey-proof"
import { recordSecurityEvent } from "@/lib/server/access/record-security-event"
import { forgetAttempts, takeAttempt, WRONG_PASSWORDS } from "@/lib/server/access/take-attempt"
import { databaseNow } from "@/lib/server/clock"
import { prisma } from "@/lib/server/db"
import { env } from "@/lib/server/env"
import { log } from "@/lib/server/log"
import { done, type Result, refused } from "@/lib/server/result"
import type { Passkey, WebauthnChallenge } from "@/prisma/generated/client/client"
import { spkiOfCose } from "./public-key"

interface Answered {
  /** Null: whoever signs in. */
  person: { id: string } | null
  purpose: "sign" | "sign_in"
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

/**
 * Verifies a passkey's answer to a challenge of `beginAssertion`. A challenge is used up by the first answer, right or wrong.
 * Refusals (forbidden, field `passkey`) are counted and on record.
 */
export async function finishAssertion(answered: Answered): Promise<Result<FinishedAssertion>> {
  const { person, address, challengeId, purpose } = answered
  const bucket = `passkey:${person?.id ?? address ?? "unknown"}`
  const { retryAfterMs } = await takeAttempt(bucket, WRONG_PASSWORDS)
  const event = { userId: person?.id ?? null, address }
  if (retryAfterMs > 0) {
    await recordSecurityEvent({ ...event, type: "passkey.limited", data: { purpose } })
    const message = `Too many attempts. Try again in ${Math.ceil(retryAfterMs / 60_000)} min.`
    return refused("rate_limited", message, { field: "passkey", detail: { retryAfterMs } })
  }
  const outcome = await judge(answered)
  if (typeof outcome === "string") {
    await recordSecurityEvent({ ...event, type: "passkey.refused", data: { purpose, challengeId, why: outcome } })
    return refused("forbidden", `The passkey was not accepted: ${outcome}.`, { field: "passkey" })
  }
  await forgetAttempts(bucket)
  return done(outcome)
}

/** A string says what is wrong with it. */
async function judge({ person, purpose, challengeId, response }: Answered): Promise<FinishedAssertion | string> {
  const now = await databaseNow()
  const challenge = await prisma.webauthnChallenge.findUnique({ where: { id: challengeId } })
  const theirs = challenge && challenge.purpose === purpose && challenge.userId === (person?.id ?? null)
  if (!challenge || !theirs) return "it answers to something else"
  // One statement, so that of two answers at once one comes too late.
  const taken = await prisma.webauthnChallenge.updateMany({
    where: { id: challengeId, usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
  })
  if (taken.count !== 1) return challenge.usedAt ? "it was used already" : "it came too late, or twice"
  const key = await prisma.passkey.findUnique({ where: { credentialId: response.id } })
  if (!key || key.removedAt || (person && key.userId !== person.id)) return "it is not one of yours"
  const counter = await verify(challenge, key, response)
  if (counter === null) return "its answer does not verify"
  await prisma.passkey.update({ where: { id: key.id }, data: { counter, lastUsedAt: now }, select: { id: true } })
  return { personId: key.userId, data: challenge.data, proof: proofOf(key, response) }
}

/** The authenticator's new counter; null: origin, domain, verification of the person, counter or signature are wrong. */
async function verify(
  { challenge }: WebauthnChallenge,
  key: Passkey,
  response: AuthenticationResponseJSON,
): Promise<number | null> {
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: consoleOrigin(),
      expectedRPID: key.rpId,
      requireUserVerification: true,
      credential: { id: key.credentialId, publicKey: new Uint8Array(key.publicKey), counter: Number(key.counter) },
    })
    return verified ? authenticationInfo.newCounter : null
  } catch (error) {
    log.info({ err: error, passkeyId: key.id }, "a passkey's answer did not verify")
    return null
  }
}

function proofOf(key: Passkey, { response }: AuthenticationResponseJSON): PasskeyProof {
  return {
    passkeyId: key.id,
    passkeyName: key.name,
    credentialId: key.credentialId,
    publicKeySpki: spkiOfCose(key.publicKey),
    algorithm: key.algorithm as PasskeyProof["algorithm"],
    rpId: key.rpId,
    origin: consoleOrigin(),
    authenticatorData: response.authenticatorData,
    clientDataJson: response.clientDataJSON,
    signature: response.signature,
  }
}

const consoleOrigin = () => new URL(env().NEXTAUTH_URL).origin

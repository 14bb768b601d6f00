import { randomBytes, randomUUID } from "node:crypto"
import { generateAuthenticationOptions, type PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/server"
import { databaseNow } from "@/lib/server/clock"
import { prisma } from "@/lib/server/db"
import { env } from "@/lib/server/env"
import type { Prisma } from "@/prisma/generated/client/client"

const CHALLENGE_LIFE_MS = 5 * 60_000

export interface BegunAssertion {
  challengeId: string
  /** For `navigator.credentials.get`. */
  options: PublicKeyCredentialRequestOptionsJSON
  expiresAt: string
}

/**
 * Asks for a passkey's answer: once, within five minutes, with the person verified. `person` null: whoever signs in.
 * `challenge` left out: random; `data` is kept with it and handed back when it is answered.
 */
export async function beginAssertion(input: {
  person: { id: string } | null
  purpose: "sign" | "sign_in"
  challenge?: Uint8Array
  data: unknown
}): Promise<BegunAssertion> {
  const { person, purpose, data } = input
  const keys = person ? await prisma.passkey.findMany({ where: { userId: person.id, removedAt: null } }) : []
  const options = await generateAuthenticationOptions({
    rpID: new URL(env().NEXTAUTH_URL).hostname,
    challenge: new Uint8Array(input.challenge ?? randomBytes(32)),
    userVerification: "required",
    timeout: CHALLENGE_LIFE_MS,
    ...(person
      ? { allowCredentials: keys.map(({ credentialId, transports }) => ({ id: credentialId, transports })) }
      : {}),
  })
  const challengeId = randomUUID()
  const expiresAt = new Date((await databaseNow()).getTime() + CHALLENGE_LIFE_MS)
  await prisma.webauthnChallenge.create({
    data: {
      id: challengeId,
      userId: person?.id ?? null,
      purpose,
      challenge: options.challenge,
      data: data as Prisma.InputJsonValue,
      expiresAt,
    },
    select: { id: true },
  })
  return { challengeId, options, expiresAt: expiresAt.toISOString() }
}

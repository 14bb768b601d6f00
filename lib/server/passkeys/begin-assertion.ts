import { randomBytes } from "node:crypto"
import { generateAuthenticationOptions, type PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/server"
import { prisma } from "@/lib/server/db"
import { CHALLENGE_LIFE_MS, type ChallengePurpose, issueChallenge } from "./issue-challenge"
import { relyingParty } from "./relying-party"

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
  purpose: ChallengePurpose
  challenge?: Uint8Array
  data: unknown
}): Promise<BegunAssertion> {
  const { person, purpose, data } = input
  const rpId = relyingParty().id
  const keys = person ? await prisma.passkey.findMany({ where: { userId: person.id, rpId, removedAt: null } }) : []
  const options = await generateAuthenticationOptions({
    rpID: rpId,
    challenge: new Uint8Array(input.challenge ?? randomBytes(32)),
    userVerification: "required",
    timeout: CHALLENGE_LIFE_MS,
    ...(person
      ? { allowCredentials: keys.map(({ credentialId, transports }) => ({ id: credentialId, transports })) }
      : {}),
  })
  const { challenge } = options
  const issued = await issueChallenge({ personId: person?.id ?? null, purpose, challenge, data })
  return { ...issued, options }
}

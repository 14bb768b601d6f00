import { type AuthenticationResponseJSON, verifyAuthenticationResponse } from "@simplewebauthn/server"
import { decodeClientDataJSON } from "@simplewebauthn/server/helpers"
import type { Passkey } from "@/prisma/generated/client/client"
import { relyingParty } from "./relying-party"
import { userHandleOf } from "./user-handle"

type Verified = { ok: true; counter: bigint; backedUp: boolean } | { ok: false; why: string }

/**
 * Whether this key gave this answer: challenge, origin, domain, kind of ceremony, presence and verification of the person,
 * counter and signature. `discovered`: nobody was named beforehand, so the answer has to name its owner.
 */
export async function verifyAssertion(asked: {
  key: Passkey
  /** base64url. */
  challenge: string
  response: AuthenticationResponseJSON
  discovered: boolean
}): Promise<Verified> {
  const { key, challenge, response, discovered } = asked
  const { id, origin } = relyingParty()
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: id,
      requireUserVerification: true,
      credential: { id: key.credentialId, publicKey: new Uint8Array(key.publicKey), counter: Number(key.counter) },
    })
    if (!verified) return { ok: false, why: "the signature is wrong" }
    const { userHandle, clientDataJSON } = response.response
    // The library lets frames of other sites pass where the browser does not name the site.
    if (decodeClientDataJSON(clientDataJSON).crossOrigin) return { ok: false, why: "it was asked in a foreign frame" }
    const isOwners = userHandle ? userHandle === userHandleOf(key.userId) : !discovered
    if (!isOwners) return { ok: false, why: "it does not name its owner" }
    return {
      ok: true,
      counter: BigInt(authenticationInfo.newCounter),
      backedUp: authenticationInfo.credentialBackedUp,
    }
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message.slice(0, 300) : "it cannot be read" }
  }
}

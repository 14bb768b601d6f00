import { type RegistrationResponseJSON, verifyRegistrationResponse } from "@simplewebauthn/server"
import {
  decodeAttestationObject,
  decodeClientDataJSON,
  decodeCredentialPublicKey,
  isoBase64URL,
} from "@simplewebauthn/server/helpers"
import { PASSKEY_ALGORITHMS, spkiOfCose } from "./public-key"
import { relyingParty } from "./relying-party"

/** What is known of a passkey once its making is verified. */
export interface MadePasskey {
  credentialId: string
  /** COSE. */
  publicKey: Uint8Array<ArrayBuffer>
  algorithm: number
  counter: bigint
  deviceType: "singleDevice" | "multiDevice"
  backedUp: boolean
}

/** A device may bring no statement about its make, or one that its new key signed. Others say more than was asked. */
const FORMATS: readonly string[] = ["none", "packed"]

/** Verifies that a browser's authenticator made a key in answer to this challenge. A string in its place says what is wrong. */
export async function verifyAttestation(
  response: RegistrationResponseJSON,
  /** base64url. */
  challenge: string,
): Promise<MadePasskey | { why: string }> {
  const { id, origin } = relyingParty()
  try {
    const attestation = decodeAttestationObject(isoBase64URL.toBuffer(response.response.attestationObject))
    // Other formats chain to their makers' roots and ask the network for revoked certificates: no stranger's answer may.
    if (!FORMATS.includes(attestation.get("fmt"))) return { why: `the statement is of kind ${attestation.get("fmt")}` }
    if (attestation.get("attStmt").get("x5c")) return { why: "its maker’s certificates were not asked for" }
    if (decodeClientDataJSON(response.response.clientDataJSON).crossOrigin) {
      return { why: "it was asked in a foreign frame" }
    }
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: id,
      requireUserVerification: true,
      supportedAlgorithmIDs: PASSKEY_ALGORITHMS,
    })
    if (!verified) return { why: "the statement does not verify" }
    const { credential, credentialDeviceType, credentialBackedUp } = registrationInfo
    if (credential.id !== response.id) return { why: "it names another key than it made" }
    // A key that no proof could be verified with is refused now, and not when it is to sign.
    spkiOfCose(credential.publicKey)
    return {
      credentialId: credential.id,
      publicKey: new Uint8Array(credential.publicKey),
      algorithm: algorithmOf(credential.publicKey),
      counter: BigInt(credential.counter),
      deviceType: credentialDeviceType,
      backedUp: credentialBackedUp,
    }
  } catch (error) {
    return { why: error instanceof Error ? error.message.slice(0, 300) : "it cannot be read" }
  }
}

function algorithmOf(publicKey: Uint8Array): number {
  const parts = decodeCredentialPublicKey(new Uint8Array(publicKey)) as unknown as Map<number, unknown>
  return Number(parts.get(3))
}

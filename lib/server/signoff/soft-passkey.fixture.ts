import { createHash, type KeyObject, randomBytes, randomUUID, sign } from "node:crypto"
import { prisma } from "@/lib/server/db"
import { env } from "@/lib/server/env"
import { passkeyKeyPair } from "@/lib/server/passkeys/passkey-key-pair.fixture"

/** An authenticator in software: a real key that answers real challenges, as a device does. */
export interface SoftPasskey {
  id: string
  credentialId: string
  answer(
    options: { challenge: string },
    tricks?: { origin?: string; userVerified?: boolean; type?: string; key?: KeyObject; counter?: number },
  ): Record<string, unknown>
}

const FLAG_PRESENT = 0x01
const FLAG_VERIFIED = 0x04

/** Enrols a passkey of this person as if a device had just been registered. */
export async function softPasskey(userId: string, name = "Test key"): Promise<SoftPasskey> {
  const { privateKey, cosePublicKey } = passkeyKeyPair()
  const id = randomUUID()
  const credentialId = randomBytes(32).toString("base64url")
  const { origin, hostname: rpId } = new URL(env().NEXTAUTH_URL)
  await prisma.passkey.create({
    data: {
      id,
      userId,
      credentialId,
      publicKey: cosePublicKey,
      algorithm: -7,
      counter: 0n,
      transports: ["internal"],
      deviceType: "singleDevice",
      backedUp: false,
      rpId,
      name,
    },
  })
  let used = 0
  return {
    id,
    credentialId,
    answer({ challenge }, tricks = {}) {
      used = tricks.counter ?? used + 1
      const client = {
        type: tricks.type ?? "webauthn.get",
        challenge,
        origin: tricks.origin ?? origin,
        crossOrigin: false,
      }
      const clientData = Buffer.from(JSON.stringify(client))
      const counter = Buffer.alloc(4)
      counter.writeUInt32BE(used)
      const flags = FLAG_PRESENT | (tricks.userVerified === false ? 0 : FLAG_VERIFIED)
      const authData = Buffer.concat([createHash("sha256").update(rpId).digest(), Buffer.from([flags]), counter])
      const signed = Buffer.concat([authData, createHash("sha256").update(clientData).digest()])
      return {
        id: credentialId,
        rawId: credentialId,
        type: "public-key",
        clientExtensionResults: {},
        response: {
          clientDataJSON: clientData.toString("base64url"),
          authenticatorData: authData.toString("base64url"),
          signature: sign("sha256", signed, tricks.key ?? privateKey).toString("base64url"),
        },
      }
    },
  }
}

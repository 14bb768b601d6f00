import { generateKeyPairSync, type KeyObject } from "node:crypto"
import { isoCBOR } from "@simplewebauthn/server/helpers"

/** A key pair as authenticators make them (ES256): the private half, and the public half in the form that a console is given (COSE). */
export function passkeyKeyPair(): { privateKey: KeyObject; cosePublicKey: Uint8Array<ArrayBuffer> } {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" })
  const { x = "", y = "" } = publicKey.export({ format: "jwk" })
  const cose = new Map<number, number | Uint8Array>([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, new Uint8Array(Buffer.from(x, "base64url"))],
    [-3, new Uint8Array(Buffer.from(y, "base64url"))],
  ])
  return { privateKey, cosePublicKey: new Uint8Array(isoCBOR.encode(cose)) }
}

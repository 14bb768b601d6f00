import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto"
import { isoCBOR } from "@simplewebauthn/server/helpers"

export type Algorithm = -7 | -8 | -257

interface Tricks {
  origin?: string
  rpId?: string
  type?: string
  challenge?: string
  crossOrigin?: boolean
  userPresent?: boolean
  userVerified?: boolean
  /** Signs with this key in place of its own. */
  key?: KeyObject
  counter?: number
  userHandle?: string | null
  /** Changes what was signed, after it was signed. */
  tamper?: "signature" | "authenticatorData" | "clientDataJSON"
}

type CborMap = Map<number | string, unknown>

const sha256 = (data: string | Uint8Array) => createHash("sha256").update(data).digest()
const FLAGS = { present: 0x01, verified: 0x04, eligible: 0x08, backedUp: 0x10, attested: 0x40 }

/** An authenticator in software: makes real keys, and answers real challenges as a device and its browser do. */
export class SoftwareAuthenticator {
  private readonly keys: { privateKey: KeyObject; publicKey: KeyObject }
  readonly credentialId = randomBytes(32).toString("base64url")
  readonly privateKey: KeyObject
  private counter = 0
  private userHandle: string | null = null

  constructor(
    private readonly at: { origin: string; rpId: string },
    private readonly how: { algorithm?: Algorithm; synced?: boolean; countsUses?: boolean } = {},
  ) {
    this.keys = keyPair(how.algorithm ?? -7)
    this.privateKey = this.keys.privateKey
  }

  /** `navigator.credentials.create`, with an attestation of kind "none". */
  make(
    options: { challenge: string; user: { id: string } },
    tricks: Tricks & { fmt?: string; named?: string; statement?: "signed by its key" | "with certificates" } = {},
  ) {
    this.userHandle = options.user.id
    const cose = Buffer.from(isoCBOR.encode(coseOf(this.keys.publicKey, this.how.algorithm ?? -7)))
    const id = Buffer.from(this.credentialId, "base64url")
    const length = Buffer.alloc(2)
    length.writeUInt16BE(id.length)
    const attested = Buffer.concat([Buffer.alloc(16), length, id, cose])
    const authData = this.authenticatorData(tricks, FLAGS.attested, attested)
    const clientData = this.clientData("webauthn.create", options.challenge, tricks)
    const signed = Buffer.concat([authData, sha256(clientData)])
    const statement: CborMap = new Map()
    if (tricks.statement) {
      const signature = new Uint8Array(sign("sha256", signed, tricks.key ?? this.privateKey))
      statement.set("alg", -7).set("sig", signature)
    }
    if (tricks.statement === "with certificates") statement.set("x5c", [new Uint8Array(64)])
    const object: CborMap = new Map<number | string, unknown>([
      ["fmt", tricks.fmt ?? (tricks.statement ? "packed" : "none")],
      ["attStmt", statement],
      ["authData", new Uint8Array(authData)],
    ])
    return {
      id: tricks.named ?? this.credentialId,
      rawId: tricks.named ?? this.credentialId,
      type: "public-key" as const,
      clientExtensionResults: {},
      response: {
        clientDataJSON: clientData.toString("base64url"),
        attestationObject: Buffer.from(isoCBOR.encode(object as never)).toString("base64url"),
        transports: ["internal", "telepathy"],
      },
    }
  }

  /** `navigator.credentials.get`. */
  answer(options: { challenge: string }, tricks: Tricks = {}) {
    const clientData = this.clientData("webauthn.get", options.challenge, tricks)
    const authData = this.authenticatorData(tricks)
    const signed = Buffer.concat([authData, sha256(clientData)])
    const algorithm = this.how.algorithm ?? -7
    const signature = sign(algorithm === -8 ? null : "sha256", signed, tricks.key ?? this.privateKey)
    const parts: Record<NonNullable<Tricks["tamper"]>, Buffer> = {
      clientDataJSON: clientData,
      authenticatorData: authData,
      signature,
    }
    if (tricks.tamper) parts[tricks.tamper] = tampered(tricks.tamper, parts[tricks.tamper])
    const userHandle = tricks.userHandle === undefined ? this.userHandle : tricks.userHandle
    return {
      id: this.credentialId,
      rawId: this.credentialId,
      type: "public-key" as const,
      clientExtensionResults: {},
      authenticatorAttachment: "platform" as const,
      response: {
        clientDataJSON: parts.clientDataJSON.toString("base64url"),
        authenticatorData: parts.authenticatorData.toString("base64url"),
        signature: parts.signature.toString("base64url"),
        ...(userHandle === null ? {} : { userHandle }),
      },
    }
  }

  private clientData(type: string, challenge: string, tricks: Tricks): Buffer {
    return Buffer.from(
      JSON.stringify({
        type: tricks.type ?? type,
        challenge: tricks.challenge ?? challenge,
        origin: tricks.origin ?? this.at.origin,
        crossOrigin: tricks.crossOrigin ?? false,
      }),
    )
  }

  private authenticatorData(tricks: Tricks, moreFlags = 0, more = Buffer.alloc(0)): Buffer {
    if (this.how.countsUses) this.counter = tricks.counter ?? this.counter + 1
    let flags = moreFlags | (tricks.userPresent === false ? 0 : FLAGS.present)
    if (tricks.userVerified !== false) flags |= FLAGS.verified
    if (this.how.synced) flags |= FLAGS.eligible | FLAGS.backedUp
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(this.counter)
    return Buffer.concat([sha256(tricks.rpId ?? this.at.rpId), Buffer.from([flags]), counter, more])
  }
}

function tampered(part: NonNullable<Tricks["tamper"]>, bytes: Buffer): Buffer {
  if (part === "clientDataJSON") return Buffer.from(bytes.toString().replace('"crossOrigin"', '"crossorigin"'))
  const changed = Buffer.from(bytes)
  // The counter's last byte, or the last one of the signature.
  changed[changed.length - 1] = (changed[changed.length - 1] ?? 0) ^ 0x01
  return changed
}

function keyPair(algorithm: Algorithm): { privateKey: KeyObject; publicKey: KeyObject } {
  if (algorithm === -7) return generateKeyPairSync("ec", { namedCurve: "P-256" })
  if (algorithm === -8) return generateKeyPairSync("ed25519")
  return generateKeyPairSync("rsa", { modulusLength: 2048 })
}

function coseOf(publicKey: KeyObject, algorithm: Algorithm): never {
  const jwk = publicKey.export({ format: "jwk" })
  const bytes = (text: string | undefined) => new Uint8Array(Buffer.from(text ?? "", "base64url"))
  const parts: Record<Algorithm, [number, unknown][]> = {
    [-7]: [
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, bytes(jwk.x)],
      [-3, bytes(jwk.y)],
    ],
    [-8]: [
      [1, 1],
      [3, -8],
      [-1, 6],
      [-2, bytes(jwk.x)],
    ],
    [-257]: [
      [1, 3],
      [3, -257],
      [-1, bytes(jwk.n)],
      [-2, bytes(jwk.e)],
    ],
  }
  return new Map(parts[algorithm]) as never
}

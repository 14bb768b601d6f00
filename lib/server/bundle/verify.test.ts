import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { canonicalJson } from "@/lib/server/crypto/canonical-json"
import { canonical, passkeyFaults } from "./verify.mjs"

test("its canonical JSON is the console's, though it shares no code with it", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4, stringUnit: "grapheme" }), (value) => {
      expect(canonical(value)).toBe(canonicalJson(value))
    }),
    { numRuns: 500 },
  )
  const hard = { "\u{1f600}": 1, "\ufb33": 2, é: 1e21, "1": -0, __proto__x: 1e-7, a: [0.1, 5e-324, '\u2028\u0007"\\/'] }
  expect(canonical(hard)).toBe(canonicalJson(hard))
  for (const none of [Number.NaN, Number.POSITIVE_INFINITY, "\ud800", undefined])
    expect(() => canonical([none])).toThrow()
})

type Made = { algorithm: number; keys: { publicKey: KeyObject; privateKey: KeyObject }; digest: string | null }
const kinds: Record<string, () => Made> = {
  ES256: () => ({ algorithm: -7, keys: generateKeyPairSync("ec", { namedCurve: "P-256" }), digest: "sha256" }),
  EdDSA: () => ({ algorithm: -8, keys: generateKeyPairSync("ed25519"), digest: null }),
  RS256: () => ({ algorithm: -257, keys: generateKeyPairSync("rsa", { modulusLength: 2048 }), digest: "sha256" }),
}

describe.each(Object.keys(kinds))("a passkey of the kind %s", (kind) => {
  const sha256 = (data: string | Buffer) => createHash("sha256").update(data).digest()
  const hash = sha256("a manifest").toString("hex")

  function assertion() {
    const { algorithm, keys, digest } = kinds[kind]?.() ?? (kinds.ES256 as () => Made)()
    const origin = "https://golive.example.test"
    const challenge = Buffer.from(hash, "hex").toString("base64url")
    const client = Buffer.from(JSON.stringify({ type: "webauthn.get", challenge, origin }))
    const data = Buffer.concat([sha256("golive.example.test"), Buffer.from([0x05]), Buffer.alloc(4)])
    const signature = sign(digest, Buffer.concat([data, sha256(client)]), keys.privateKey)
    const method = {
      passkeyId: "p",
      credentialId: "c",
      publicKeySpki: keys.publicKey.export({ format: "der", type: "spki" }).toString("base64"),
      algorithm,
      rpId: "golive.example.test",
      origin,
    }
    const proof = {
      ...method,
      clientDataJson: client.toString("base64url"),
      authenticatorData: data.toString("base64url"),
      signature: signature.toString("base64url"),
    }
    return { method, proof, signature }
  }

  test("verifies, and not over another manifest, nor with one bit of its signature changed", () => {
    const { method, proof, signature } = assertion()
    expect(passkeyFaults(method, proof, hash)).toEqual([])
    const other = sha256("another manifest").toString("hex")
    expect(passkeyFaults(method, proof, other)).toEqual(["answers another challenge than the manifest's hash"])
    signature[signature.length - 1] = (signature.at(-1) ?? 0) ^ 1
    const spoilt = { ...proof, signature: signature.toString("base64url") }
    expect(passkeyFaults(method, spoilt, hash)).toEqual(["does not verify with the signer's public key"])
  })

  test("is not taken for a key of another kind", () => {
    const { method, proof } = assertion()
    const algorithm = method.algorithm === -7 ? -257 : -7
    const faults = passkeyFaults({ ...method, algorithm }, { ...proof, algorithm }, hash)
    expect(faults).toEqual(["is by a key of another kind than the manifest names"])
  })
})

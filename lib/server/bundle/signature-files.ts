import { createHash, createPublicKey } from "node:crypto"
import { passkeyProofSchema } from "@/lib/contracts/passkey-proof"
import type { SignedEvent } from "@/lib/domain/signoff/signature-fates"
import { firstText } from "@/lib/server/certificate/read-manifests"
import { prisma } from "@/lib/server/db"
import type { BundleFile } from "./write-zip"

/** What is signed and what proves it, in files that need no console: the exact bytes, seals, a passkey's answer, its key. */
export async function* signatureFiles(releaseId: string, signed: readonly SignedEvent[]): AsyncGenerator<BundleFile> {
  const keys = new Map<string, string>()
  for (const { data } of signed) {
    const base = signatureBase(data)
    const seal = Buffer.from(data.seal, "base64url")
    yield { path: `${base}.sig`, bytes: seal, compress: false }
    yield { path: `${base}.sig.b64`, bytes: Buffer.from(`${seal.toString("base64")}\n`) }
    const row = await prisma.evidence.findFirst({ where: { id: data.evidenceId, releaseId }, select: { blocks: true } })
    const text = firstText(row?.blocks)
    // What is gone or spoilt is left out: whoever verifies the bundle is told which file is missing.
    if (text !== null) yield { path: `${base}.json`, bytes: Buffer.from(text, "utf8") }
    const proofText = data.method === "passkey" && Array.isArray(row?.blocks) ? firstText([row.blocks[1]]) : null
    if (proofText === null) continue
    yield { path: `${base}.passkey.json`, bytes: Buffer.from(proofText, "utf8") }
    const proof = passkeyProofSchema.safeParse(JSON.parse(proofText))
    if (!proof.success) continue
    const { passkeyId, publicKeySpki, authenticatorData, clientDataJson, signature } = proof.data
    const client = createHash("sha256").update(Buffer.from(clientDataJson, "base64url")).digest()
    yield {
      path: `${base}.passkey.signed`,
      bytes: Buffer.concat([Buffer.from(authenticatorData, "base64url"), client]),
      compress: false,
    }
    yield { path: `${base}.passkey.sig`, bytes: Buffer.from(signature, "base64url"), compress: false }
    keys.set(passkeyId, publicKeySpki)
  }
  for (const [id, spki] of keys) {
    const key = createPublicKey({ key: Buffer.from(spki, "base64"), format: "der", type: "spki" })
    yield {
      path: `keys/passkey-${id}.pem`,
      bytes: Buffer.from(key.export({ format: "pem", type: "spki" }).toString()),
    }
  }
}

export function signatureBase({ role, signatureId }: SignedEvent["data"]): string {
  return `signatures/${role}-${signatureId}`
}

import { type SignatureManifest, signatureManifestSchema } from "@/lib/contracts/signature-manifest"
import type { SignedEvent } from "@/lib/domain/signoff/signature-fates"
import { sha256Hex } from "@/lib/server/crypto/sha256"
import { prisma } from "@/lib/server/db"

/**
 * The manifests that were signed, by the signature's id. Left out is what is gone or is not what was signed: a certificate
 * says so, and does not repeat it.
 */
export async function readManifests(
  releaseId: string,
  signed: readonly SignedEvent[],
): Promise<Map<string, SignatureManifest>> {
  const rows = await prisma.evidence.findMany({
    where: { releaseId, id: { in: signed.map(({ data }) => data.evidenceId) } },
    select: { id: true, blocks: true },
  })
  const blocksOf = new Map(rows.map(({ id, blocks }) => [id, blocks]))
  const manifests = new Map<string, SignatureManifest>()
  for (const { data } of signed) {
    const text = firstText(blocksOf.get(data.evidenceId))
    if (text === null || sha256Hex(text) !== data.manifestHash) continue
    const manifest = signatureManifestSchema.safeParse(JSON.parse(text))
    if (manifest.success) manifests.set(data.signatureId, manifest.data)
  }
  return manifests
}

/** The text of the first block: of a manifest's evidence, exactly what was signed. */
export function firstText(blocks: unknown): string | null {
  const first: unknown = Array.isArray(blocks) ? blocks[0] : null
  return first !== null && typeof first === "object" && "text" in first && typeof first.text === "string"
    ? first.text
    : null
}

import { z } from "zod"
import { signatureManifestSchema } from "@/lib/contracts/signature-manifest"
import { signoffRoleSchema } from "@/lib/domain/access/roles"
import { sha256Hex } from "@/lib/server/crypto/sha256"
import type { Manifest } from "./signature-manifest"

/** What is kept with a challenge to sign: for which sign-off, and the exact text. */
const signingChallengeSchema = z.strictObject({
  releaseId: z.string(),
  role: signoffRoleSchema,
  manifest: z.string(),
})
export type SigningChallenge = z.infer<typeof signingChallengeSchema>

/** The manifest that was kept for this sign-off. Null: it was for another one, or is no manifest. */
export function manifestFor(data: unknown, { releaseId, role }: { releaseId: string; role: string }): Manifest | null {
  const kept = signingChallengeSchema.safeParse(data)
  if (!kept.success || kept.data.releaseId !== releaseId || kept.data.role !== role) return null
  const value = signatureManifestSchema.safeParse(JSON.parse(kept.data.manifest))
  const text = kept.data.manifest
  return value.success ? { value: value.data, text, hash: sha256Hex(text) } : null
}

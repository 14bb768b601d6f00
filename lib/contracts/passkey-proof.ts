import { z } from "zod"

/** What a passkey answered, with all that it takes to verify it without the console. base64url but for the key (base64). */
export const passkeyProofSchema = z.strictObject({
  passkeyId: z.string(),
  passkeyName: z.string(),
  credentialId: z.string(),
  /** SubjectPublicKeyInfo, DER, base64. */
  publicKeySpki: z.string(),
  /** COSE: ES256, EdDSA, RS256. */
  algorithm: z.union([z.literal(-7), z.literal(-8), z.literal(-257)]),
  rpId: z.string(),
  origin: z.string(),
  authenticatorData: z.string(),
  clientDataJson: z.string(),
  signature: z.string(),
})
export type PasskeyProof = z.infer<typeof passkeyProofSchema>

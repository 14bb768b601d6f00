import { z } from "zod"
import { signoffRoleSchema } from "@/lib/domain/access/roles"

export const MANIFEST_FORMAT = "golive/signature-manifest/2"

const personSchema = z.strictObject({ id: z.string(), name: z.string(), email: z.string() })
const named = z.strictObject({ id: z.string(), key: z.string(), name: z.string() })
const from = { address: z.string().nullable(), userAgent: z.string().nullable() }

/** How the signer proved who they are, and whose key holds the manifest's hash. */
export const signingMethodSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("password"), words: z.string(), ...from }),
  z.strictObject({
    type: z.literal("passkey"),
    words: z.string(),
    ...from,
    passkeyId: z.string(),
    passkeyName: z.string(),
    /** base64url. */
    credentialId: z.string(),
    /** The key that the signature verifies with: SubjectPublicKeyInfo, DER, base64. */
    publicKeySpki: z.string(),
    /** COSE: -7 ES256, -8 EdDSA, -257 RS256. */
    algorithm: z.union([z.literal(-7), z.literal(-8), z.literal(-257)]),
    rpId: z.string(),
    origin: z.string(),
  }),
])
export type ManifestMethod = z.infer<typeof signingMethodSchema>
export type PasskeyMethod = Extract<ManifestMethod, { type: "passkey" }>

/**
 * What a person signs. Its canonical JSON (RFC 8785), byte for byte, is what hashes, the console's seal and a passkey's
 * challenge are of; it is kept as evidence `signoff/<role>`, first block. Instants are ISO 8601 in UTC.
 */
export const signatureManifestSchema = z.strictObject({
  format: z.literal(MANIFEST_FORMAT),
  release: z.strictObject({
    id: z.string(),
    name: z.string(),
    version: z.string(),
    ref: z.string(),
    commit: z.string().nullable(),
  }),
  service: named,
  environment: named,
  playbook: z.strictObject({ versionId: z.string(), number: z.number(), hash: z.string() }),
  items: z.array(
    z.strictObject({
      key: z.string(),
      state: z.string(),
      resultHash: z.string().nullable(),
      attachments: z.array(z.string()),
      waiverReason: z.string().nullable(),
    }),
  ),
  /** SHA-256 of the canonical JSON of the five parts above: what the signing page named. */
  contentHash: z.string(),
  /** What proved each item, byte for byte. */
  evidence: z.array(z.strictObject({ item: z.string(), id: z.string(), sha256: z.string() })),
  /** The rules by which the release was signed. */
  policy: z.strictObject({
    distinctPeople: z.boolean(),
    authorMaySign: z.boolean(),
    starterMaySign: z.boolean(),
    order: z.enum(["parallel", "sequence"]),
    expireMs: z.number().nullable(),
  }),
  signature: z.strictObject({
    id: z.string(),
    role: signoffRoleSchema,
    title: z.string(),
    meaning: z.string(),
    items: z.array(z.strictObject({ key: z.string(), title: z.string() })),
    signer: personSchema,
    /** The role's holder for whom a stand-in signs. */
    onBehalfOf: personSchema.nullable(),
    /** The which-th of how many people that must sign for the role. */
    quorum: z.strictObject({ place: z.number(), of: z.number() }),
    /** When this manifest was made; a passkey's answer follows within minutes. */
    at: z.string(),
    expiresAt: z.string().nullable(),
  }),
  method: signingMethodSchema,
})
export type SignatureManifest = z.infer<typeof signatureManifestSchema>

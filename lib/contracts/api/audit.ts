import { z } from "zod"
import { roleSchema } from "@/lib/domain/access/roles"

const instant = z.string().describe("ISO 8601, UTC.")
const sha256 = z.string().describe("SHA-256, hexadecimal.")
const HEAD = /^(\d{1,9}):([0-9a-f]{64})$/

export const auditHeadSchema = z.object({
  releaseId: z.uuid(),
  seq: z.number().int().describe("The last event's number."),
  hash: sha256,
  at: instant,
})
export type AuditHead = z.infer<typeof auditHeadSchema>

export const verifyQuery = z.strictObject({
  head: z
    .string()
    .regex(HEAD, "must be <seq>:<hash>")
    .optional()
    .describe("A head that was sent out or noted earlier, `<seq>:<hash>`: the timeline must still lead through it."),
})

export const certificateQuery = z.strictObject({
  format: z.enum(["pdf", "json"]).default("pdf").describe("JSON: the sealed data that the document is made of."),
})

/** The head that is written as `<seq>:<hash>`; null where it is not written so. */
export function parseHead(text: string): { seq: number; hash: string } | null {
  const [, seq, hash] = HEAD.exec(text) ?? []
  return seq && hash ? { seq: Number(seq), hash } : null
}

export const CERTIFICATE_FORMAT = "golive/certificate/1"

const personSchema = z.object({ name: z.string(), email: z.string().nullable() })
const named = z.object({ key: z.string(), name: z.string() })

const certifiedSignatureSchema = z.object({
  id: z.string(),
  role: roleSchema,
  title: z.string(),
  signer: personSchema,
  onBehalfOf: personSchema.nullable(),
  meaning: z.string(),
  items: z.array(z.string()),
  method: z.enum(["password", "passkey"]),
  /** The method in plain words, as the signed manifest has it. */
  methodWords: z.string(),
  passkey: z.object({ name: z.string(), keySha256: sha256 }).nullable(),
  at: instant,
  expiresAt: instant.nullable(),
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
  manifestHash: sha256,
  seal: z.string(),
  sealKeyId: z.string(),
  /** Whether it stands; if not, why, and since when. */
  fate: z.enum(["stands", "void", "withdrawn", "declined", "reopened", "expired"]),
  fateReason: z.string().nullable(),
  fateAt: instant.nullable(),
})
export type CertifiedSignature = z.infer<typeof certifiedSignatureSchema>

/** What a certificate says, of one moment of a release. Its canonical JSON is what the console seals. */
export const certificateSchema = z.object({
  format: z.literal(CERTIFICATE_FORMAT),
  release: z.object({
    id: z.string(),
    name: z.string(),
    version: z.string(),
    ref: z.string(),
    commit: z.string().nullable(),
    status: z.string(),
    createdAt: instant,
    createdBy: z.string(),
  }),
  service: named,
  environment: named,
  playbook: z.object({ name: z.string(), number: z.number().int(), hash: sha256 }),
  /** The playbook's IANA time zone. */
  zone: z.string(),
  head: z.object({ seq: z.number().int(), hash: sha256 }),
  /** The last instant at which anything that it says changed. */
  asOf: instant,
  roles: z.array(
    z.object({
      role: roleSchema,
      title: z.string(),
      status: z.string(),
      standing: z.number().int(),
      quorum: z.number().int(),
      reason: z.string().nullable(),
    }),
  ),
  signatures: z.array(certifiedSignatureSchema),
  /** What else happened to the sign-offs, oldest first. */
  history: z.array(
    z.object({ seq: z.number().int(), at: instant, by: z.string(), title: z.string(), words: z.string() }),
  ),
  items: z.record(z.string(), z.number().int()).describe("How many checklist items are in which state."),
  setAside: z.array(
    z.object({
      key: z.string(),
      title: z.string(),
      state: z.string(),
      reason: z.string().nullable(),
      by: z.string().nullable(),
      at: instant.nullable(),
    }),
  ),
  /** What the document relies on, or lacks, in plain words. */
  remarks: z.array(z.string()),
  sealedBy: z.string().describe("The id of the console's key."),
})
export type Certificate = z.infer<typeof certificateSchema>

export const sealedCertificateSchema = z.object({
  certificate: certificateSchema,
  hash: sha256,
  seal: z.string().describe("The console's Ed25519 signature over the certificate's canonical JSON, base64url."),
  publicKey: z.string().describe("PEM."),
  /** The page of the certificate. */
  url: z.string(),
})
export type SealedCertificate = z.infer<typeof sealedCertificateSchema>

export interface CertificateFact {
  label: string
  value: string
  /** A hash or a key. */
  mono?: boolean
}

/** A certificate in words, as its page and its PDF say it. */
export interface CertificateDocument {
  title: string
  releaseId: string
  seq: number
  url: string
  /** The address as a QR code: rows of modules, true is dark. */
  qr: boolean[][]
  facts: CertificateFact[]
  roles: CertificateFact[]
  signatures: { id: string; title: string; meaning: string; stands: boolean; facts: CertificateFact[] }[]
  history: CertificateFact[]
  checklist: CertificateFact[]
  remarks: string[]
  sealWords: string
  seal: CertificateFact[]
}

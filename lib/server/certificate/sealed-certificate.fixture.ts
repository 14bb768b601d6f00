import { CERTIFICATE_FORMAT, type CertifiedSignature, type SealedCertificate } from "@/lib/contracts/api/audit"

const hash = "5f".repeat(32)

export function certifiedSignature(change: Partial<CertifiedSignature> = {}): CertifiedSignature {
  return {
    id: "3d1f6c1e-5d0a-4f7e-9a42-0f6f6f0a9d11",
    role: "tech_lead",
    title: "Tech Lead",
    signer: { name: "Zoë Ångström", email: "zoe@example.test" },
    onBehalfOf: null,
    meaning: "I, Zoë Ångström, confirm as Tech Lead that POSTD 1.1.0 may go live in Production.",
    items: ["Code review complete", "Load test done"],
    method: "passkey",
    methodWords: "The signer’s own passkey signed the SHA-256 of this manifest.",
    passkey: { name: "Blue key", keySha256: hash },
    at: "2026-11-23T14:30:00.000Z",
    expiresAt: null,
    address: "203.0.113.7",
    userAgent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
    manifestHash: hash,
    seal: "c2VhbA",
    sealKeyId: "0123456789abcdef",
    fate: "stands",
    fateReason: null,
    fateAt: null,
    ...change,
  }
}

/** A certificate as it could be, sealed by nobody. */
export function sealedCertificate(
  signatures: CertifiedSignature[],
  change: Partial<SealedCertificate["certificate"]> = {},
): SealedCertificate {
  return {
    certificate: {
      format: CERTIFICATE_FORMAT,
      release: {
        id: "9b4f0f0e-6a5c-4c63-8d7e-3a0d5c1f2b10",
        name: "POSTD 1.1.0 to Production",
        version: "1.1.0",
        ref: "v1.1.0",
        commit: "d1e8a70b5ccab1dc2f56bbf7e99f064a660c08e3",
        status: "preparing",
        createdAt: "2026-11-23T14:00:00.000Z",
        createdBy: "Lena Lead",
      },
      service: { key: "postd", name: "POSTD" },
      environment: { key: "production", name: "Production" },
      playbook: { name: "POSTD go-live", number: 3, hash },
      zone: "America/New_York",
      head: { seq: 57, hash },
      asOf: "2026-11-23T15:00:00.000Z",
      roles: [
        { role: "tech_lead", title: "Tech Lead", status: "signed", standing: 1, quorum: 1, reason: null },
        { role: "security", title: "Security", status: "declined", standing: 0, quorum: 1, reason: "Keys are old" },
      ],
      signatures,
      history: [
        { seq: 40, at: "2026-11-23T14:40:00.000Z", by: "Sam", title: "Security", words: "declined: Keys are old" },
      ],
      items: { passed: 68, waived: 1, open: 2 },
      setAside: [
        { key: "dns", title: "DNS", state: "waived", reason: "No change", by: "Lena", at: "2026-11-23T14:10:00.000Z" },
      ],
      remarks: ["No time-stamping authority is configured."],
      sealedBy: "0123456789abcdef",
      ...change,
    },
    hash,
    seal: "c2VhbA".repeat(14),
    publicKey: "",
    url: "https://golive.example.test/releases/9b4f0f0e-6a5c-4c63-8d7e-3a0d5c1f2b10/certificate",
  }
}

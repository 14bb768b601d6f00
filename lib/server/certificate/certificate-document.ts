import { DateTime } from "luxon"
import { encode } from "uqr"
import type {
  Certificate,
  CertificateDocument,
  CertificateFact,
  CertifiedSignature,
  SealedCertificate,
} from "@/lib/contracts/api/audit"

const SEAL_WORDS =
  "The console sealed the data of this certificate, as canonical JSON (RFC 8785), with its Ed25519 key. The evidence bundle of the release holds it as certificate.json and certificate.sig, with all that it takes to verify it."

/** What the page and the PDF of a certificate say, in one place. */
export function certificateDocument({ certificate, hash, seal, url }: SealedCertificate): CertificateDocument {
  const { release, zone, head, roles, signatures, history, remarks, sealedBy } = certificate
  return {
    title: release.name,
    releaseId: release.id,
    seq: head.seq,
    url,
    qr: encode(url, { ecc: "M", border: 0 }).data,
    facts: releaseFacts(certificate),
    roles: roles.map(({ title, status, standing, quorum, reason }) => {
      const stand = `${status}, ${standing} of ${quorum}`
      return { label: title, value: reason && status !== "signed" ? `${stand}: ${reason}` : stand }
    }),
    signatures: signatures.map((signature) => ({
      id: signature.id,
      title: `${signature.title}: ${signature.signer.name}`,
      meaning: signature.meaning,
      stands: signature.fate === "stands",
      facts: signatureFacts(signature, zone),
    })),
    history: history.map(({ at, by, title, words }) => {
      return { label: title, value: `${words} (${by}, ${bothClocks(at, zone)})` }
    }),
    checklist: checklistFacts(certificate),
    remarks,
    sealWords: SEAL_WORDS,
    seal: [
      { label: "Data, SHA-256", value: hash, mono: true },
      { label: "Seal, base64url", value: seal, mono: true },
      { label: "Key", value: sealedBy, mono: true },
    ],
  }
}

/** An instant twice: in UTC, and by the clock of the playbook's zone. */
export function bothClocks(at: string, zone: string): string {
  const instant = DateTime.fromISO(at, { zone: "utc", locale: "en-GB" })
  const there = instant.setZone(zone).toFormat("d LLL yyyy, HH:mm:ss 'UTC'ZZ")
  return `${instant.toFormat("d LLL yyyy, HH:mm:ss")} UTC · ${there} (${zone})`
}

const fates: Record<CertifiedSignature["fate"], string> = {
  stands: "stands",
  void: "void",
  withdrawn: "withdrawn",
  declined: "set aside, the role was declined",
  reopened: "set aside, the role was opened again",
  expired: "ran out",
}

function fateInWords({ fate, fateReason, fateAt, expiresAt }: CertifiedSignature, zone: string): string {
  if (fate === "stands") return expiresAt ? `stands until ${bothClocks(expiresAt, zone)}` : "stands"
  const since = fateAt ? `, ${bothClocks(fateAt, zone)}` : ""
  return `${fates[fate]}${since}${fateReason ? `: ${fateReason}` : ""}`
}

function signatureFacts(signature: CertifiedSignature, zone: string): CertificateFact[] {
  const { title, signer, onBehalfOf, passkey, methodWords, at, address, userAgent, items } = signature
  const person = ({ name, email }: CertifiedSignature["signer"]) => (email ? `${name} <${email}>` : name)
  return [
    { label: "Now", value: fateInWords(signature, zone) },
    { label: "Signer", value: person(signer) },
    { label: "Role", value: title },
    ...(onBehalfOf ? [{ label: "On behalf of", value: person(onBehalfOf) }] : []),
    { label: "Time", value: bothClocks(at, zone) },
    { label: "Method", value: methodWords },
    ...(passkey ? [{ label: "Passkey", value: passkey.name }] : []),
    ...(passkey ? [{ label: "Its key, SHA-256", value: passkey.keySha256, mono: true }] : []),
    { label: "IP address", value: address ?? "not known" },
    { label: "User agent", value: userAgent ?? "not known" },
    { label: "Manifest, SHA-256", value: signature.manifestHash, mono: true },
    { label: "Sealed with key", value: signature.sealKeyId, mono: true },
    { label: "Signature", value: signature.id, mono: true },
    ...(items.length > 0 ? [{ label: "Confirmed", value: items.join("; ") }] : []),
  ]
}

function releaseFacts(certificate: Certificate): CertificateFact[] {
  const { release, service, environment, playbook, head, asOf, zone } = certificate
  return [
    { label: "Service", value: `${service.name} (${service.key})` },
    { label: "Environment", value: `${environment.name} (${environment.key})` },
    { label: "Version", value: `${release.version}, git ref ${release.ref}` },
    { label: "Commit", value: release.commit ?? "not known", mono: release.commit !== null },
    { label: "Playbook", value: `${playbook.name}, version ${playbook.number}` },
    { label: "Playbook, SHA-256", value: playbook.hash, mono: true },
    { label: "Made by", value: `${release.createdBy}, ${bothClocks(release.createdAt, zone)}` },
    { label: "Release", value: release.id, mono: true },
    { label: "Timeline’s head", value: `${head.seq}:${head.hash}`, mono: true },
    { label: "As of", value: bothClocks(asOf, zone) },
  ]
}

function checklistFacts({ items, setAside, zone }: Certificate): CertificateFact[] {
  const counted = Object.entries(items).map(([state, count]) => `${count} ${state.replaceAll("_", " ")}`)
  return [
    { label: "Items", value: counted.join(", ") },
    ...setAside.map(({ title, state, reason, by, at }) => {
      const when = at ? `, ${bothClocks(at, zone)}` : ""
      return {
        label: state === "waived" ? "Waived" : "Not applicable",
        value: `${title}: ${reason ?? "no reason given"} (${by ?? "not known"}${when})`,
      }
    }),
  ]
}

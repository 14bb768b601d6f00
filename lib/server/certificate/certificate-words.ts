import { DateTime } from "luxon"
import type { Certificate, CertifiedSignature } from "@/lib/contracts/api/audit"

/** An instant twice: in UTC, and by the clock of the playbook's zone. */
export function bothClocks(at: string, zone: string): string {
  const instant = DateTime.fromISO(at, { zone: "utc", locale: "en-GB" })
  return `${instant.toFormat("d LLL yyyy, HH:mm:ss")} UTC · ${instant.setZone(zone).toFormat("d LLL yyyy, HH:mm:ss ZZZZ")} (${zone})`
}

const fates: Record<CertifiedSignature["fate"], string> = {
  stands: "Stands",
  void: "Void",
  withdrawn: "Withdrawn",
  declined: "Set aside: the role was declined",
  reopened: "Set aside: the role was opened again",
  expired: "Ran out",
}

export function fateInWords({ fate, fateReason, fateAt, expiresAt }: CertifiedSignature, zone: string): string {
  if (fate === "stands") return expiresAt ? `Stands until ${bothClocks(expiresAt, zone)}` : "Stands"
  return `${fates[fate]}, ${fateAt ? bothClocks(fateAt, zone) : ""}${fateReason ? `: ${fateReason}` : ""}`
}

/** The facts of a signature as lines of label and value; `mono` for hashes and keys. */
export function signatureFacts(signature: CertifiedSignature, zone: string) {
  const { signer, onBehalfOf, passkey, methodWords, at, address, userAgent, manifestHash, sealKeyId, id } = signature
  const person = ({ name, email }: CertifiedSignature["signer"]) => (email ? `${name} <${email}>` : name)
  return [
    { label: "Signer", value: person(signer) },
    ...(onBehalfOf ? [{ label: "On behalf of", value: person(onBehalfOf) }] : []),
    { label: "Time", value: bothClocks(at, zone) },
    { label: "Method", value: methodWords },
    ...(passkey ? [{ label: "Passkey", value: passkey.name }] : []),
    ...(passkey ? [{ label: "Its public key, SHA-256", value: passkey.keySha256, mono: true }] : []),
    { label: "IP address", value: address ?? "not known" },
    { label: "User agent", value: userAgent ?? "not known" },
    { label: "Manifest, SHA-256", value: manifestHash, mono: true },
    { label: "Sealed with key", value: sealKeyId, mono: true },
    { label: "Signature", value: id, mono: true },
  ] satisfies { label: string; value: string; mono?: boolean }[]
}

/** What the certificate is of. */
export function releaseFacts({ release, service, environment, playbook, head, asOf, zone }: Certificate) {
  return [
    { label: "Service", value: `${service.name} (${service.key})` },
    { label: "Environment", value: `${environment.name} (${environment.key})` },
    { label: "Version", value: `${release.version}, git ref ${release.ref}` },
    { label: "Commit", value: release.commit ?? "not known", mono: true },
    { label: "Playbook", value: `${playbook.name}, version ${playbook.number}` },
    { label: "Playbook, SHA-256", value: playbook.hash, mono: true },
    { label: "Made by", value: `${release.createdBy}, ${bothClocks(release.createdAt, zone)}` },
    { label: "Release", value: release.id, mono: true },
    { label: "Timeline’s head", value: `${head.seq}:${head.hash}`, mono: true },
    { label: "As of", value: bothClocks(asOf, zone) },
  ] satisfies { label: string; value: string; mono?: boolean }[]
}

export function itemsInWords(items: Certificate["items"]): string {
  return Object.entries(items)
    .map(([state, count]) => `${count} ${state.replaceAll("_", " ")}`)
    .join(", ")
}

export const sealWords =
  "The console sealed the data of this certificate, as canonical JSON (RFC 8785), with its Ed25519 key. The evidence bundle of the release holds it as certificate.json and certificate.sig, with all that it takes to verify it."

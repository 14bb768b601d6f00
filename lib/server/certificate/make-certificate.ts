import { CERTIFICATE_FORMAT, type Certificate, type CertifiedSignature } from "@/lib/contracts/api/audit"
import type { SignatureManifest } from "@/lib/contracts/signature-manifest"
import { roleTitles, signoffRoles } from "@/lib/domain/access/roles"
import { clearsGate, itemStatus } from "@/lib/domain/checklist/item-status"
import type { ReleaseState } from "@/lib/domain/release/state"
import { type SignedEvent, signatureFates } from "@/lib/domain/signoff/signature-fates"
import { signoffStatus, standingSignatures } from "@/lib/domain/signoff/signoff-status"
import { actorName } from "@/lib/domain/timeline/actor-name"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import { sha256Hex } from "@/lib/server/crypto/sha256"

export interface CertificateSource {
  state: ReleaseState
  head: { seq: number; hash: string }
  /** All events of sign-offs up to the head, in their order. */
  events: readonly AnyTimelineEvent[]
  manifests: ReadonlyMap<string, SignatureManifest>
  sealKeyId: string
  now: Date
}

/** What a certificate says. Until something changes it says the same, whenever it is asked for. */
export function makeCertificate(source: CertificateSource): Certificate {
  const { state, head, events, manifests, sealKeyId } = source
  const asOf = lastChange(source)
  const asOfMs = Date.parse(asOf)
  const items = Object.values(state.items)
  const fates = signatureFates(events, asOf)
  const signatures = signedOf(events).map((event) => certified(event, manifests.get(event.data.signatureId), fates))
  const roles = signoffRoles.flatMap((role) => {
    const signoff = state.signoffs[role]
    if (!signoff) return []
    const status = signoffStatus(signoff, asOfMs)
    const standing = standingSignatures(signoff, asOfMs).length
    return [{ role, title: signoff.title, status, standing, quorum: signoff.quorum, reason: signoff.reason }]
  })
  const counts: Record<string, number> = {}
  for (const item of items) counts[item.state] = (counts[item.state] ?? 0) + 1
  const { id, name, version, ref, commit, status, createdAt, createdBy, service, environment, playbook, window } = state
  const open = items.filter((item) => !clearsGate(itemStatus(item, asOfMs))).length
  return {
    format: CERTIFICATE_FORMAT,
    release: { id, name, version, ref, commit, status, createdAt, createdBy: createdBy.name },
    service: { key: service.key, name: service.name },
    environment: { key: environment.key, name: environment.name },
    playbook: { name: playbook.name, number: playbook.number, hash: playbook.hash },
    zone: window.zone,
    head,
    asOf,
    roles,
    signatures,
    history: events.flatMap(historyOf),
    items: counts,
    setAside: items
      .filter((item) => item.state === "waived" || item.state === "not_applicable")
      .map(({ key, title, state: is, note, by, at }) => ({ key, title, state: is, reason: note, by, at })),
    remarks: remarksOf(signatures, { unsigned: roles.filter((role) => role.status !== "signed").length, open }),
    sealedBy: sealKeyId,
  }
}

/** The last event, or a signature's end that came after it. */
function lastChange({ state, events, now }: CertificateSource): string {
  const ends = signedOf(events).flatMap(({ data }) => data.expiresAt ?? [])
  return [state.updatedAt, ...ends.filter((end) => Date.parse(end) <= now.getTime())].reduce((last, each) =>
    Date.parse(each) > Date.parse(last) ? each : last,
  )
}

export function signedOf(events: readonly AnyTimelineEvent[]): SignedEvent[] {
  return events.filter((event): event is SignedEvent => event.type === "signoff.signed")
}

function certified(
  { data, at }: SignedEvent,
  manifest: SignatureManifest | undefined,
  fates: ReturnType<typeof signatureFates>,
): CertifiedSignature {
  const { signatureId: id, role, signer, onBehalfOf, meaning, method, expiresAt, manifestHash, seal, sealKeyId } = data
  const signed = manifest?.signature
  const how = manifest?.method
  const fate = fates.get(id) ?? { fate: "stands" as const, fateReason: null, fateAt: null }
  return {
    id,
    role,
    title: signed?.title ?? roleTitles[role],
    signer: { name: signer.name, email: signed?.signer.email ?? null },
    onBehalfOf: onBehalfOf ? { name: onBehalfOf.name, email: signed?.onBehalfOf?.email ?? null } : null,
    meaning,
    items: signed?.items.map(({ title }) => title) ?? [],
    method,
    methodWords: how?.words ?? "The manifest that was signed is missing or is not what was signed.",
    passkey:
      how?.type === "passkey"
        ? { name: how.passkeyName, keySha256: sha256Hex(Buffer.from(how.publicKeySpki, "base64")) }
        : null,
    at,
    expiresAt: expiresAt ?? null,
    address: how?.address ?? null,
    userAgent: how?.userAgent ?? null,
    manifestHash,
    seal,
    sealKeyId,
    ...fate,
  }
}

function historyOf({ type, seq, at, actor, data }: AnyTimelineEvent): Certificate["history"] {
  const entry = (role: keyof typeof roleTitles, words: string) => [
    { seq, at, by: actorName(actor), title: roleTitles[role], words },
  ]
  switch (type) {
    case "signoff.declined":
      return entry(
        data.role,
        `declined${data.onBehalfOf ? ` on behalf of ${data.onBehalfOf.name}` : ""}: ${data.reason}`,
      )
    case "signoff.withdrawn":
      return entry(data.role, `withdrawn: ${data.reason}`)
    case "signoff.reopened":
      return entry(data.role, `opened again: ${data.reason}`)
    case "signoff.voided":
      return entry(data.role, `void: ${data.cause}`)
    default:
      return []
  }
}

function remarksOf(
  signatures: readonly CertifiedSignature[],
  { unsigned, open }: { unsigned: number; open: number },
): string[] {
  const passwords = signatures.filter(({ fate, method }) => fate === "stands" && method === "password").length
  const lost = signatures.filter(({ signer }) => signer.email === null).length
  return [
    "No time-stamping authority is configured. All times are those of the console’s database; nobody else vouches for them.",
    ...(unsigned > 0
      ? [`${unsigned} ${unsigned === 1 ? "role has" : "roles have"} not signed, or not all of its people.`]
      : []),
    ...(open > 0 ? [`${open} checklist ${open === 1 ? "item was" : "items were"} not cleared at that moment.`] : []),
    ...(passwords > 0
      ? [
          `${passwords} of the signatures that stand ${passwords === 1 ? "was" : "were"} proved with a password: there the console’s own key holds the content, not a key of the signer’s.`,
        ]
      : []),
    ...(lost > 0
      ? [`Of ${lost} ${lost === 1 ? "signature" : "signatures"} the signed manifest is missing or altered.`]
      : []),
  ]
}

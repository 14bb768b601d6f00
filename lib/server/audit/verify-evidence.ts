import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import { sealPublicKey, verifySeal } from "@/lib/server/crypto/seal"
import { sha256Hex } from "@/lib/server/crypto/sha256"
import { prisma } from "@/lib/server/db"
import { isIntact } from "@/lib/server/evidence/is-intact"
import type { Evidence } from "@/prisma/generated/client/client"
import type { TimelineFault } from "./timeline-fault"

const PAGE = 500

/** Evidence as an event names it, with what the event says it must be. */
export interface NamedEvidence {
  seq: number
  id: string
  sha256?: string
  manifest?: { hash: string; seal: string; keyId: string }
}

export function namedEvidence(event: AnyTimelineEvent): NamedEvidence[] {
  const { seq } = event
  switch (event.type) {
    case "checklist.item_passed":
    case "checklist.item_failed":
      return event.data.evidence ? [{ seq, id: event.data.evidence.id, sha256: event.data.evidence.sha256 }] : []
    case "checklist.evidence_added":
      return [{ seq, id: event.data.evidence.id, sha256: event.data.evidence.sha256 }]
    case "step.finished":
      return event.data.evidenceId ? [{ seq, id: event.data.evidenceId }] : []
    case "signoff.signed": {
      const { evidenceId, manifestHash, seal, sealKeyId } = event.data
      return [{ seq, id: evidenceId, manifest: { hash: manifestHash, seal, keyId: sealKeyId } }]
    }
    case "report.saved":
      return [{ seq, id: event.data.evidenceId, sha256: event.data.sha256 }]
    default:
      return []
  }
}

/** Which of the named evidence is gone or is not what it was; and which signature does not hold over its manifest. */
export async function evidenceFaults(releaseId: string, named: readonly NamedEvidence[]): Promise<TimelineFault[]> {
  const faults: TimelineFault[] = []
  for (let from = 0; from < named.length; from += PAGE) {
    const page = named.slice(from, from + PAGE)
    const found = await prisma.evidence.findMany({ where: { releaseId, id: { in: page.map(({ id }) => id) } } })
    const rows = new Map(found.map((row) => [row.id, row]))
    for (const one of page) {
      const fault = await faultOf(one, rows.get(one.id))
      if (!fault) continue
      faults.push({
        seq: one.seq,
        kind: "evidence",
        message: `Evidence ${one.id}, named by event ${one.seq}, ${fault}.`,
      })
    }
  }
  return faults
}

async function faultOf(named: NamedEvidence, row: Evidence | undefined): Promise<string | null> {
  if (!row) return "is missing"
  if ((named.sha256 !== undefined && named.sha256 !== row.sha256) || !(await isIntact(row))) return "is not what it was"
  if (!named.manifest) return null
  const text = manifestText(row.blocks)
  if (text === null || sha256Hex(text) !== named.manifest.hash) return "is not the manifest that was signed"
  // A seal of an earlier key is verified with that key's public half, which is not here.
  if (named.manifest.keyId !== sealPublicKey().keyId) return null
  return verifySeal(text, named.manifest.seal) ? null : "does not carry the seal that the event names"
}

function manifestText(blocks: unknown): string | null {
  const first: unknown = Array.isArray(blocks) ? blocks[0] : null
  return first !== null && typeof first === "object" && "text" in first && typeof first.text === "string"
    ? first.text
    : null
}

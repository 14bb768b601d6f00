import { foldEvents } from "@/lib/domain/release/evolve"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import type { Context } from "@/lib/server/access/context"
import { hashJson } from "@/lib/server/crypto/sha256"
import { prisma } from "@/lib/server/db"
import { GENESIS_HASH, hashEvent } from "@/lib/server/events/hash-event"
import { listEvents } from "@/lib/server/events/list-events"
import { accessRelease } from "@/lib/server/releases/access-release"
import { done, type Result } from "@/lib/server/result"
import type { TimelineFault } from "./timeline-fault"
import { evidenceFaults, type NamedEvidence, namedEvidence } from "./verify-evidence"

const PAGE = 500

export interface TimelineVerification {
  ok: boolean
  events: number
  head: { seq: number; hash: string }
  faults: TimelineFault[]
}

/** Recomputes the chain of a release and says where it does not hold. */
export async function verifyTimeline(ctx: Context, releaseId: string): Promise<Result<TimelineVerification>> {
  const found = await accessRelease(ctx, "audit.verify", releaseId)
  return found.ok ? done(await verifyChain(releaseId)) : found
}

/** Reads the timeline page by page, so that its length does not matter to memory (the fold keeps only the state). */
export async function verifyChain(releaseId: string): Promise<TimelineVerification> {
  const release = await prisma.release.findUniqueOrThrow({
    where: { id: releaseId },
    select: { lastSeq: true, headHash: true, state: true },
  })
  const faults: TimelineFault[] = []
  const evidence: NamedEvidence[] = []
  const all: AnyTimelineEvent[] = []
  let head = { seq: 0, hash: GENESIS_HASH }
  for (;;) {
    const page = await listEvents(releaseId, { after: head.seq, limit: PAGE })
    for (const event of page) {
      faults.push(...faultsOf(event, head))
      head = { seq: event.seq, hash: event.hash }
      evidence.push(...namedEvidence(event))
      all.push(event)
      if (faults.length > 50) return { ok: false, events: all.length, head, faults }
    }
    if (page.length < PAGE) break
  }
  // What was committed while this read is beyond the head that was read first.
  const upToHead = all.filter((event) => event.seq <= release.lastSeq)
  const last = upToHead.at(-1)
  if (last?.seq !== release.lastSeq || last.hash !== release.headHash) {
    const message = `The release's row names event ${release.lastSeq} as the last one, with another hash or none.`
    faults.push({ seq: null, kind: "head", message })
  } else if (faults.length === 0 && hashJson(foldEvents(upToHead)) !== hashJson(release.state)) {
    faults.push({ seq: null, kind: "state", message: "The state that is shown is not what the events add up to." })
  }
  faults.push(...(await evidenceFaults(releaseId, evidence)))
  return { ok: faults.length === 0, events: all.length, head, faults }
}

function faultsOf(event: AnyTimelineEvent, before: { seq: number; hash: string }): TimelineFault[] {
  const { seq } = event
  const faults: TimelineFault[] = []
  if (seq !== before.seq + 1) {
    faults.push({ seq, kind: "gap", message: `Event ${before.seq + 1} is missing before event ${seq}.` })
  }
  if (event.prevHash !== before.hash) {
    faults.push({ seq, kind: "chain", message: `Event ${seq} does not follow the event before it.` })
  }
  if (hashEvent(event) !== event.hash) {
    faults.push({
      seq,
      kind: "changed",
      message: `Event ${seq} (${event.type}) is not what it was when it was written.`,
    })
  }
  return faults
}

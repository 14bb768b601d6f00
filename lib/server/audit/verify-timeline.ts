import { evolve } from "@/lib/domain/release/evolve"
import type { ReleaseState } from "@/lib/domain/release/state"
import { chainStart, checkLink } from "@/lib/domain/timeline/chain"
import type { Context } from "@/lib/server/access/context"
import { hashJson } from "@/lib/server/crypto/sha256"
import { prisma } from "@/lib/server/db"
import { hashing } from "@/lib/server/events/hash-event"
import { listEvents } from "@/lib/server/events/list-events"
import { accessRelease } from "@/lib/server/releases/access-release"
import { done, type Result } from "@/lib/server/result"
import type { TimelineFault } from "./timeline-fault"
import { evidenceFaults, type NamedEvidence, namedEvidence } from "./verify-evidence"

const PAGE = 500
const MOST_FAULTS = 50

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

/** Reads the timeline page by page and folds as it goes, so that its length does not matter to memory. */
export async function verifyChain(releaseId: string): Promise<TimelineVerification> {
  const release = await prisma.release.findUniqueOrThrow({
    where: { id: releaseId },
    select: { lastSeq: true, headHash: true, state: true },
  })
  const faults: TimelineFault[] = []
  const evidence: NamedEvidence[] = []
  let events = 0
  let state: ReleaseState | null = null
  let head = chainStart
  // What is committed while this reads lies beyond the head that was read first.
  let atReleaseHead = chainStart
  for (;;) {
    const page = await listEvents(releaseId, { after: head.seq, limit: PAGE })
    for (const event of page) {
      const link = checkLink(head, event, hashing)
      if (!link.ok) faults.push({ seq: link.problem.seq, kind: link.problem.kind, message: link.problem.words })
      head = { seq: event.seq, hash: event.hash }
      events += 1
      evidence.push(...namedEvidence(event))
      if (event.seq <= release.lastSeq) {
        atReleaseHead = head
        if (faults.length === 0) state = evolve(state, event)
      }
      if (faults.length > MOST_FAULTS) return { ok: false, events, head, faults }
    }
    if (page.length < PAGE) break
  }
  if (atReleaseHead.seq !== release.lastSeq || atReleaseHead.hash !== release.headHash) {
    const message = `The release's row names event ${release.lastSeq} as the last one, with another hash or none.`
    faults.push({ seq: null, kind: "head", message })
  } else if (faults.length === 0 && hashJson(state) !== hashJson(release.state)) {
    faults.push({ seq: null, kind: "state", message: "The state that is shown is not what the events add up to." })
  }
  faults.push(...(await evidenceFaults(releaseId, evidence)))
  return { ok: faults.length === 0, events, head, faults }
}

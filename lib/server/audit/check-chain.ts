import { evolve } from "@/lib/domain/release/evolve"
import type { ReleaseState } from "@/lib/domain/release/state"
import { type ChainHead, chainStart, checkLink } from "@/lib/domain/timeline/chain"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import { hashJson } from "@/lib/server/crypto/sha256"
import { hashing } from "@/lib/server/events/hash-event"
import type { TimelineFault } from "./timeline-fault"
import { evidenceFaults, namedEvidence } from "./verify-evidence"

const MOST_FAULTS = 50

export interface ChainToCheck {
  /** The release's row, read no later than its first event. */
  release: { id: string; lastSeq: number; headHash: string; state: unknown }
  /** Its events in the order of their numbers. */
  pages: AsyncIterable<readonly AnyTimelineEvent[]>
  /** Heads that are known from elsewhere: the chain must lead through them. */
  heads?: readonly ChainHead[]
  onPage?: (events: number) => void
}

export interface CheckedChain {
  ok: boolean
  events: number
  head: ChainHead
  faults: TimelineFault[]
}

/**
 * Recomputes a chain, page by page and folding as it goes, so that its length does not matter to memory. Stops early where
 * fifty faults were found.
 */
export async function checkChain({ release, pages, heads = [], onPage }: ChainToCheck): Promise<CheckedChain> {
  const faults: TimelineFault[] = []
  const sent = new Set(heads.map(({ seq }) => seq))
  const sentHashes = new Set(heads.map(({ hash }) => hash))
  let events = 0
  let state: ReleaseState | null = null
  let head = chainStart
  // What is committed while this reads lies beyond the head that was read first.
  let atReleaseHead = chainStart
  for await (const page of pages) {
    // Only of events that are what they were: nothing is known of what others hold.
    const named = []
    for (const event of page) {
      const link = checkLink(head, event, hashing)
      if (link.ok) named.push(...namedEvidence(event))
      else faults.push({ seq: link.problem.seq, kind: link.problem.kind, message: link.problem.words })
      head = { seq: event.seq, hash: event.hash }
      events += 1
      if (sent.has(event.seq) && !sentHashes.has(event.hash)) faults.push(otherThanSent(event.seq))
      if (event.seq <= release.lastSeq) {
        atReleaseHead = head
        if (faults.length === 0) state = evolve(state, event)
      }
      if (faults.length > MOST_FAULTS) return { ok: false, events, head, faults }
    }
    faults.push(...(await evidenceFaults(release.id, named)))
    onPage?.(page.length)
  }
  if (atReleaseHead.seq !== release.lastSeq || atReleaseHead.hash !== release.headHash) {
    const message = `The release's row names event ${release.lastSeq} as the last one, with another hash or none.`
    faults.push({ seq: null, kind: "head", message })
  } else if (faults.length === 0 && hashJson(state) !== hashJson(release.state)) {
    faults.push({ seq: null, kind: "state", message: "The state that is shown is not what the events add up to." })
  }
  for (const { seq } of heads) if (seq > head.seq) faults.push(cutOff(head.seq, seq))
  return { ok: faults.length === 0, events, head, faults }
}

function otherThanSent(seq: number): TimelineFault {
  const message = `Event ${seq} is not the one whose hash was kept elsewhere: it, or one before it, was written anew.`
  return { seq, kind: "head", message }
}

function cutOff(lastSeq: number, sentSeq: number): TimelineFault {
  const message = `The timeline ends at event ${lastSeq}, but event ${sentSeq} was known elsewhere: its end was cut off.`
  return { seq: lastSeq + 1, kind: "missing", message }
}

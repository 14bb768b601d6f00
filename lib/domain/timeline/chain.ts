import type { AnyTimelineEvent } from "./event"

/** What the first event of a release names as the one before it. */
export const GENESIS_HASH = "0".repeat(64)

export type HashedPart = Omit<AnyTimelineEvent, "prevHash" | "hash">

export interface Hashing {
  sha256: (text: string) => string
  /** Canonical JSON (RFC 8785). */
  canonical: (value: unknown) => string
}

/** Where a chain stands: the last event's number and hash. */
export interface ChainHead {
  seq: number
  hash: string
}

export interface ChainProblem {
  /** The event at fault: the altered one, the first missing one, the one in the wrong place. */
  seq: number
  kind: "altered" | "missing" | "reordered" | "foreign"
  words: string
}

export const chainStart: ChainHead = { seq: 0, hash: GENESIS_HASH }

/** What an event's hash is made of, besides the hash before it. */
export function hashedPart({ releaseId, seq, id, type, actor, at, data }: AnyTimelineEvent): HashedPart {
  return { releaseId, seq, id, type, actor, at, data } as HashedPart
}

export function eventHash(event: AnyTimelineEvent, { sha256, canonical }: Hashing): string {
  return sha256(event.prevHash + canonical(hashedPart(event)))
}

/** Whether `event` is what follows `head`; if not, what is wrong and where. */
export function checkLink(
  head: ChainHead,
  event: AnyTimelineEvent,
  hashing: Hashing,
): { ok: true; head: ChainHead } | { ok: false; problem: ChainProblem } {
  const { seq } = event
  const expected = head.seq + 1
  if (seq > expected) {
    const which =
      seq - 1 === expected ? `Event ${expected} is missing.` : `Events ${expected} to ${seq - 1} are missing.`
    return { ok: false, problem: { seq: expected, kind: "missing", words: which } }
  }
  if (seq < expected) {
    return problem(seq, "reordered", `Event ${seq} comes again, or after event ${head.seq}.`)
  }
  const isWhole = eventHash(event, hashing) === event.hash
  if (isWhole && event.prevHash === head.hash) return { ok: true, head: { seq, hash: event.hash } }
  if (isWhole && head.seq > 0) {
    // It was written after another event than the one that stands before it now.
    return problem(head.seq, "altered", `Event ${head.seq} is not the one that event ${seq} was written after.`)
  }
  if (isWhole) return problem(seq, "altered", `Event ${seq} does not begin the chain.`)
  const before = event.prevHash === head.hash ? null : formerSeq(event, hashing)
  return before === null
    ? problem(seq, "altered", `Event ${seq} was altered: its content does not give its hash.`)
    : problem(seq, "reordered", `Event ${seq} was moved: it was written as event ${before}.`)
}

/**
 * Reads a chain from its beginning and answers with the first problem. `stored`: the head that is kept elsewhere; a chain
 * that ends before it has lost its end.
 */
export async function verifyChain(
  events: Iterable<AnyTimelineEvent> | AsyncIterable<AnyTimelineEvent>,
  hashing: Hashing,
  stored?: ChainHead,
): Promise<{ ok: true; head: ChainHead } | { ok: false; problem: ChainProblem }> {
  let head = chainStart
  let releaseId: string | null = null
  for await (const event of events) {
    releaseId ??= event.releaseId
    if (event.releaseId !== releaseId) {
      return problem(event.seq, "foreign", `Event ${event.seq} belongs to another release.`)
    }
    const link = checkLink(head, event, hashing)
    if (!link.ok) return link
    head = link.head
  }
  if (stored && stored.seq > head.seq) {
    return problem(head.seq + 1, "missing", `The chain ends at event ${head.seq}, its head is event ${stored.seq}.`)
  }
  if (stored && (stored.seq < head.seq || stored.hash !== head.hash)) {
    return problem(head.seq, "altered", `The last event is not the one that is kept as the chain's head.`)
  }
  return { ok: true, head }
}

const NEARBY = 100

/** The number under which the event has its hash, looked for near the one it has now. */
function formerSeq(event: AnyTimelineEvent, hashing: Hashing): number | null {
  for (let seq = Math.max(1, event.seq - NEARBY); seq <= event.seq + NEARBY; seq++) {
    if (eventHash({ ...event, seq }, hashing) === event.hash) return seq
  }
  return null
}

function problem(seq: number, kind: ChainProblem["kind"], words: string): { ok: false; problem: ChainProblem } {
  return { ok: false, problem: { seq, kind, words } }
}

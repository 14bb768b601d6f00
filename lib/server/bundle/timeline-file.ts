import type { SignedEvent } from "@/lib/domain/signoff/signature-fates"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import { namedEvidence } from "@/lib/server/audit/verify-evidence"
import { signedOf } from "@/lib/server/certificate/make-certificate"
import { canonicalJson } from "@/lib/server/crypto/canonical-json"
import { listEvents } from "@/lib/server/events/list-events"

const PAGE = 500

/** What the rest of a bundle is made of; filled while the timeline is read. Ids only: the evidence itself may be large. */
export interface Told {
  signed: SignedEvent[]
  evidenceIds: Set<string>
}

/** The timeline up to `lastSeq`, one event a line, as canonical JSON. */
export async function* timelineLines(releaseId: string, lastSeq: number, told: Told): AsyncGenerator<Uint8Array> {
  for (let after = 0; after < lastSeq; ) {
    const page = await listEvents(releaseId, { after, limit: Math.min(PAGE, lastSeq - after) })
    // What is missing is for whoever verifies the bundle to find; here it must not go on for ever, nor past the head.
    const events = page.filter(({ seq }) => seq <= lastSeq)
    if (events.length === 0) return
    for (const event of events) remember(told, event)
    yield Buffer.from(events.map((event) => `${canonicalJson(event)}\n`).join(""), "utf8")
    after = events.at(-1)?.seq ?? lastSeq
  }
}

function remember({ signed, evidenceIds }: Told, event: AnyTimelineEvent): void {
  signed.push(...signedOf([event]))
  for (const { id } of namedEvidence(event)) evidenceIds.add(id)
}

import { actorName } from "@/lib/domain/timeline/actor-name"
import { describe as describeEvent } from "@/lib/domain/timeline/describe"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import type { EventType } from "@/lib/domain/timeline/event-types"

/** What somebody who signs wants to know of: what a signature covers, what was said about it, and who else signed. */
export const MATTERS_TO_SIGNERS: readonly EventType[] = [
  "release.created",
  "checklist.item_passed",
  "checklist.item_failed",
  "checklist.item_reopened",
  "checklist.item_waived",
  "checklist.item_not_applicable",
  "checklist.evidence_added",
  "checklist.evidence_removed",
  "checklist.comment_added",
  "signoff.signed",
  "signoff.declined",
  "signoff.withdrawn",
  "signoff.reopened",
  "signoff.voided",
]

export interface ChangeForSigner {
  by: string
  title: string
  detail: string | null
  /** Where it can be looked at. */
  href: string
}

/** An event in a signer's words, with the item's title in place of its key. */
export function changeForSigner(
  event: AnyTimelineEvent,
  titleOf: (itemKey: string) => string,
  releaseId: string,
): ChangeForSigner {
  const key = "itemKey" in event.data ? event.data.itemKey : null
  const named =
    key === null ? event : ({ ...event, data: { ...event.data, itemKey: `“${titleOf(key)}”` } } as AnyTimelineEvent)
  const { title, detail } = describeEvent(named)
  return {
    by: actorName(event.actor),
    title,
    detail: detail ?? null,
    href: `/releases/${releaseId}/${placeOf(event, key)}`,
  }
}

function placeOf(event: AnyTimelineEvent, itemKey: string | null): string {
  if (itemKey !== null) return `checklist#item-${itemKey}`
  return "role" in event.data ? `signoffs#${event.data.role}` : "timeline"
}

"use client"
import Link from "next/link"
import { EvidenceList } from "@/components/evidence/evidence-list"
import { EvidenceView } from "@/components/evidence/evidence-view"
import { StatusMark } from "@/components/status/status-mark"
import { itemLooks } from "@/components/status/tones"
import { Instant } from "@/components/time/instant"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import { plainLine } from "@/components/ui/inline-code"
import { useRelease } from "@/lib/client/release-context"
import { useNow } from "@/lib/client/use-now"
import { itemStatus } from "@/lib/domain/checklist/item-status"
import { own } from "@/lib/domain/release/own"

/** What proves one item, beside the signing page: the page and what was confirmed on it stay as they are. */
export function ItemProof({ itemKey, onClose }: { itemKey: string; onClose(): void }) {
  const item = useRelease((release) => own(release.items, itemKey))
  const zone = useRelease((release) => release.window.zone)
  const releaseId = useRelease((release) => release.id)
  const nowMs = useNow(5_000)
  if (!item) return null
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())} title={plainLine(item.title)} shape="drawer">
      <div className="grid gap-3">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-ink-2 text-sm">
          <StatusMark look={itemLooks[itemStatus(item, nowMs)]} />
          {item.by && item.at ? (
            <span>
              {item.by}, <Instant at={item.at} zone={zone} />
            </span>
          ) : null}
        </p>
        {item.note ? <blockquote className="border-l-2 pl-3 text-ink-2 text-sm">{item.note}</blockquote> : null}
        {item.evidence ? <EvidenceView evidence={item.evidence} title="Proof" /> : null}
        <EvidenceList item={item} />
        {item.evidence || item.note || item.attachments.length > 0 ? null : (
          <p className="text-ink-2 text-sm">Nothing was brought to it. Wanted: {item.evidenceWanted}</p>
        )}
        <Button asChild className="justify-self-start">
          <Link href={`/releases/${releaseId}/checklist#item-${item.key}`}>Open in the checklist</Link>
        </Button>
      </div>
    </Dialog>
  )
}

"use client"
import { EvidenceView } from "@/components/evidence/evidence-view"
import { Instant } from "@/components/time/instant"
import { useRelease } from "@/lib/client/release-context"
import type { ChecklistItem } from "@/lib/domain/release/state"
import { AssignItem } from "./assign-item"
import { ItemComments } from "./item-comments"
import { ItemNote } from "./item-note"
import type { ItemChange } from "./use-item"

export function ItemDetails({
  item,
  onChange,
  busy,
  focusNote,
  onNoteShown,
}: {
  item: ChecklistItem
  onChange(change: ItemChange): void
  busy: boolean
  focusNote: boolean
  onNoteShown(): void
}) {
  const zone = useRelease((release) => release.window.zone)
  return (
    <div className="grid gap-x-8 gap-y-5 border-t border-dashed bg-sunken/60 px-4 py-4 sm:pl-[3.25rem] lg:grid-cols-[minmax(0,1.6fr)_minmax(15rem,1fr)]">
      <div className="grid min-w-0 content-start gap-4">
        {item.detail ? <p className="whitespace-pre-line text-ink-2 text-sm">{item.detail}</p> : null}
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-sm">
          <dt className="text-ink-3">Wanted</dt>
          <dd>{item.evidenceWanted}</dd>
          <dt className="text-ink-3">Proved by</dt>
          <dd>{item.check ? `the ${item.check.kind} check` : "a person"}</dd>
          {item.validUntil ? (
            <>
              <dt className="text-ink-3">Holds until</dt>
              <dd>
                <Instant at={item.validUntil} zone={zone} />
              </dd>
            </>
          ) : null}
          {item.waivable ? null : (
            <>
              <dt className="text-ink-3">Waiver</dt>
              <dd>never</dd>
            </>
          )}
        </dl>
        <ItemNote item={item} onChange={onChange} busy={busy} focus={focusNote} onFocused={onNoteShown} />
        {item.evidence ? <EvidenceView evidence={item.evidence} /> : null}
      </div>
      <div className="grid min-w-0 content-start gap-5">
        <AssignItem item={item} />
        <ItemComments item={item} />
      </div>
    </div>
  )
}

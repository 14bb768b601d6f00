"use client"
import { AddEvidence } from "@/components/evidence/add-evidence"
import type { Brought } from "@/components/evidence/brought"
import { EvidenceList } from "@/components/evidence/evidence-list"
import { EvidenceView } from "@/components/evidence/evidence-view"
import { plainLine } from "@/components/ui/inline-code"
import type { ChecklistItem, ItemStatus } from "@/lib/domain/release/state"
import { AssignItem } from "./assign-item"
import { CheckLog } from "./check-log"
import { CheckTrouble } from "./check-trouble"
import { ItemComments } from "./item-comments"
import { ItemFacts } from "./item-facts"
import { ItemHistory } from "./item-history"
import { ItemNote } from "./item-note"
import type { ItemPart } from "./item-part"
import { PushLine } from "./push-line"
import type { ItemChange } from "./use-item"

/** Everything about an item: only there while it is open. */
export function ItemDetails({
  item,
  status,
  onChange,
  busy,
  wanted,
  onArrived,
  brought,
  onTaken,
}: {
  item: ChecklistItem
  status: ItemStatus
  onChange(change: ItemChange): void
  busy: boolean
  wanted: ItemPart | null
  onArrived(): void
  brought: Brought | null
  onTaken(): void
}) {
  return (
    <div className="grid gap-x-8 gap-y-5 border-t border-dashed bg-sunken/60 px-4 py-4 sm:pl-[3.25rem] lg:grid-cols-[minmax(0,1.6fr)_minmax(15rem,1fr)]">
      <div className="grid min-w-0 content-start gap-4">
        {item.detail ? <p className="whitespace-pre-line text-ink-2 text-sm">{item.detail}</p> : null}
        <ItemFacts item={item} status={status} />
        {item.check?.provedBy === "push" ? <PushLine itemKey={item.key} /> : null}
        <CheckTrouble item={item} />
        {item.checking ? (
          <CheckLog itemKey={item.key} title={plainLine(item.title)} runId={item.checking.runId} />
        ) : null}
        {item.evidence ? <EvidenceView evidence={item.evidence} title="Proof" /> : null}
        <EvidenceList item={item} />
        <AddEvidence
          item={item}
          focus={wanted === "evidence"}
          onFocused={onArrived}
          brought={brought}
          onTaken={onTaken}
        />
        <ItemHistory item={item} focus={wanted === "history"} onFocused={onArrived} />
      </div>
      <div className="grid min-w-0 content-start gap-5">
        <ItemNote item={item} onChange={onChange} busy={busy} focus={wanted === "note"} onFocused={onArrived} />
        <AssignItem item={item} status={status} />
        <ItemComments item={item} focus={wanted === "comment"} onFocused={onArrived} />
      </div>
    </div>
  )
}

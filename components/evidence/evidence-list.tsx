"use client"
import type { ChecklistItem } from "@/lib/domain/release/state"
import { EvidenceEntry } from "./evidence-entry"

/** What was brought to an item beside its proof, the newest first. */
export function EvidenceList({ item }: { item: ChecklistItem }) {
  if (item.attachments.length === 0) return null
  return (
    <section aria-label="Brought beside the proof" className="min-w-0">
      <h3 className="mb-1 font-medium text-ink-2 text-sm">
        Evidence <span className="font-normal text-ink-3">{item.attachments.length}</span>
      </h3>
      <ul className="divide-y rounded-lg border bg-surface">
        {item.attachments.toReversed().map((evidence) => (
          <EvidenceEntry key={evidence.id} itemKey={item.key} evidence={evidence} />
        ))}
      </ul>
    </section>
  )
}

"use client"
import { useRef, useState } from "react"
import { Empty } from "@/components/ui/panel"
import { useRelease } from "@/lib/client/release-context"
import { useNow } from "@/lib/client/use-now"
import { itemStatus } from "@/lib/domain/checklist/item-status"
import { noFilter, passes } from "./checklist-filter"
import { ChecklistGroup } from "./checklist-group"
import { ChecklistToolbar } from "./checklist-toolbar"
import { useChecklistKeys } from "./use-checklist-keys"
import { useLinkedItem } from "./use-linked-item"

export function ChecklistPage() {
  const items = useRelease((release) => release.items)
  const groups = useRelease((release) => release.groups)
  const nowMs = useNow(5_000)
  const [filter, setFilter] = useState(noFilter)
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set())
  const [noteFor, setNoteFor] = useState<string | null>(null)
  const list = useRef<HTMLDivElement>(null)

  const setItemOpen = (key: string, isOpen: boolean) =>
    setOpen((all) => {
      const next = new Set(all)
      if (isOpen) next.add(key)
      else next.delete(key)
      return next
    })
  const writeNote = (key: string) => {
    setItemOpen(key, true)
    setNoteFor(key)
  }
  useChecklistKeys(list, writeNote)
  useLinkedItem((key) => setItemOpen(key, true))

  const shown = groups
    .map((group) => ({
      ...group,
      itemKeys: group.itemKeys.filter((key) => {
        const item = items[key]
        return item && passes(filter, item, itemStatus(item, nowMs))
      }),
    }))
    .filter((group) => group.itemKeys.length > 0)

  return (
    <section aria-labelledby="checklist-title">
      <h2 id="checklist-title" className="sr-only">
        Checklist
      </h2>
      <ChecklistToolbar filter={filter} onFilter={setFilter} />
      <div ref={list} className="mt-4 grid gap-4">
        {shown.map((group) => (
          <ChecklistGroup
            key={group.key}
            groupKey={group.key}
            itemKeys={group.itemKeys}
            open={open}
            onOpen={setItemOpen}
            noteFor={noteFor}
            onNote={writeNote}
            onNoteShown={() => setNoteFor(null)}
          />
        ))}
        {shown.length === 0 ? (
          <Empty title="Nothing matches this filter">Clear it to see the whole checklist.</Empty>
        ) : null}
      </div>
    </section>
  )
}

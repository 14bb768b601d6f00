"use client"
import { Panel } from "@/components/ui/panel"
import { Progress } from "@/components/ui/progress"
import { useRelease } from "@/lib/client/release-context"
import { useNow } from "@/lib/client/use-now"
import { clearsGate, itemStatus } from "@/lib/domain/checklist/item-status"
import { ItemRow } from "./item-row"

export function ChecklistGroup({
  groupKey,
  itemKeys,
  open,
  onOpen,
  noteFor,
  onNote,
  onNoteShown,
}: {
  groupKey: string
  /** The keys that the filter lets through. */
  itemKeys: string[]
  open: ReadonlySet<string>
  onOpen(key: string, open: boolean): void
  noteFor: string | null
  onNote(key: string): void
  onNoteShown(): void
}) {
  const group = useRelease((release) => release.groups.find((one) => one.key === groupKey))
  const items = useRelease((release) => release.items)
  const nowMs = useNow(5_000)
  if (!group) return null
  const done = group.itemKeys.filter((key) => {
    const item = items[key]
    return item && clearsGate(itemStatus(item, nowMs))
  }).length
  const total = group.itemKeys.length
  return (
    <Panel
      title={group.title}
      aside={
        <>
          <Progress
            value={done}
            max={total}
            label={`${group.title}: ${done} of ${total}`}
            tone={done === total ? "pass" : "accent"}
            className="w-20 sm:w-32"
          />
          <span className="w-10 text-right">
            {done}/{total}
          </span>
        </>
      }
    >
      <ul className="divide-y">
        {itemKeys.map((key) => (
          <ItemRow
            key={key}
            itemKey={key}
            open={open.has(key)}
            onOpen={onOpen}
            focusNote={noteFor === key}
            onNote={onNote}
            onNoteShown={onNoteShown}
          />
        ))}
      </ul>
    </Panel>
  )
}

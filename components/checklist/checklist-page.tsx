"use client"
import { useCallback, useMemo, useRef, useState } from "react"
import { Empty } from "@/components/ui/panel"
import { useRelease, useSnapshot } from "@/lib/client/release-context"
import { useNow } from "@/lib/client/use-now"
import { itemStatus } from "@/lib/domain/checklist/item-status"
import { checklistProgress } from "@/lib/domain/checklist/progress"
import { ChecklistSection } from "./checklist-section"
import { sectionsOf } from "./checklist-sections"
import { ChecklistToolbar } from "./checklist-toolbar"
import { type Chip, chips, matches, passes } from "./checklist-view"
import type { ItemPart } from "./item-part"
import { ItemRow } from "./item-row"
import { ProofProgress } from "./proof-progress"
import { useChecklistKeys } from "./use-checklist-keys"
import { useChecklistView } from "./use-checklist-view"
import { useLinkedItem } from "./use-linked-item"

export function ChecklistPage() {
  const items = useRelease((release) => release.items)
  const groups = useRelease((release) => release.groups)
  const meId = useSnapshot((snapshot) => snapshot.me.id)
  const nowMs = useNow(5_000)
  const [view, setView] = useChecklistView()
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set())
  const [wanted, setWanted] = useState<{ key: string; part: ItemPart } | null>(null)
  const list = useRef<HTMLDivElement>(null)

  // The same functions for good, so that a row is drawn again only when something about it changed.
  const setItemOpen = useCallback(
    (key: string, isOpen: boolean) =>
      setOpen((all) => {
        const next = new Set(all)
        if (isOpen) next.add(key)
        else next.delete(key)
        return next
      }),
    [],
  )
  const goTo = useCallback(
    (key: string, part: ItemPart) => {
      setItemOpen(key, true)
      setWanted({ key, part })
    },
    [setItemOpen],
  )
  const arrived = useCallback(() => setWanted(null), [])
  useChecklistKeys(list, goTo)

  const who = useMemo(() => ({ meId, nowMs }), [meId, nowMs])
  useLinkedItem((key) => {
    const item = items[key]
    if (!item) return
    setItemOpen(key, true)
    if (!passes(view, item, itemStatus(item, nowMs), who)) setView({ ...view, chips: [], text: "" })
  })
  const sections = useMemo(
    () => sectionsOf(view.sorting, { groups, items }, checklistProgress({ groups, items }, nowMs), who),
    [view.sorting, groups, items, nowMs, who],
  )
  const counts = useMemo(() => {
    const all = Object.values(items).map((item) => ({ item, status: itemStatus(item, nowMs) }))
    return Object.fromEntries(
      chips.map((chip) => [chip, all.filter(({ item, status }) => matches(chip, item, status, who)).length]),
    ) as Record<Chip, number>
  }, [items, nowMs, who])
  const shown = sections
    .map((section) => ({
      section,
      rows: section.items.filter((item) => passes(view, item, itemStatus(item, nowMs), who)),
    }))
    .filter(({ rows }) => rows.length > 0)

  return (
    <section aria-labelledby="checklist-title">
      <h2 id="checklist-title" className="sr-only">
        Checklist
      </h2>
      <div className="grid gap-3">
        <ChecklistToolbar view={view} onView={setView} counts={counts} />
        <ProofProgress />
      </div>
      <div ref={list} className="mt-4 grid gap-4">
        {shown.map(({ section, rows }) => (
          <ChecklistSection key={section.key} section={section} nowMs={nowMs}>
            {rows.map(({ key }) => (
              <ItemRow
                key={key}
                itemKey={key}
                open={open.has(key)}
                onOpen={setItemOpen}
                wanted={wanted?.key === key ? wanted.part : null}
                onWant={goTo}
                onArrived={arrived}
              />
            ))}
          </ChecklistSection>
        ))}
        {shown.length === 0 ? (
          <Empty title="Nothing matches this filter">Clear it to see the whole checklist.</Empty>
        ) : null}
      </div>
    </section>
  )
}

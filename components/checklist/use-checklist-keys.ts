"use client"
import type { RefObject } from "react"
import { useHotkeys } from "@/components/shell/use-hotkeys"

/** j/k move, x ticks, p proves, n writes a note, / filters: the keys press the very buttons that a pointer would. */
export function useChecklistKeys(list: RefObject<HTMLElement | null>, writeNote: (key: string) => void): void {
  const rows = () => [...(list.current?.querySelectorAll<HTMLElement>("[data-item]") ?? [])]
  const current = () => document.activeElement?.closest<HTMLElement>("[data-item]") ?? null
  const move = (by: 1 | -1) => {
    const all = rows()
    const row = current()
    const at = row ? all.indexOf(row) : by === 1 ? -1 : all.length
    const next = all[Math.min(all.length - 1, Math.max(0, at + by))]
    next?.querySelector<HTMLElement>("[data-act=open]")?.focus()
    next?.scrollIntoView({ block: "nearest" })
  }
  const press = (selector: string) => () => current()?.querySelector<HTMLElement>(selector)?.click()
  useHotkeys({
    j: () => move(1),
    k: () => move(-1),
    x: press("input[type=checkbox]"),
    p: press("[data-act=prove]"),
    n: () => {
      const key = current()?.dataset.item
      if (key) writeNote(key)
    },
    "/": () => document.getElementById("checklist-filter")?.focus(),
  })
}

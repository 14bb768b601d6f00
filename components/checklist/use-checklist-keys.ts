"use client"
import { type RefObject, useEffect, useRef } from "react"
import { useHotkeys } from "@/components/shell/use-hotkeys"
import type { ItemPart } from "./item-part"

/**
 * j/k move, x ticks, p proves, n, e, c and h go to a part of the details, / filters: the keys press the very buttons that a
 * pointer would.
 */
export function useChecklistKeys(
  list: RefObject<HTMLElement | null>,
  goTo: (key: string, part: ItemPart) => void,
): void {
  // A row that leaves the list (ticked, while only open ones are shown) takes the focus with it: go on from where it was.
  const lastIndex = useRef(-1)
  const rows = () => [...(list.current?.querySelectorAll<HTMLElement>("[data-item]") ?? [])]
  const current = () => document.activeElement?.closest<HTMLElement>("[data-item]") ?? null
  useEffect(() => {
    const element = list.current
    const remember = (event: FocusEvent) => {
      const row = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-item]") : null
      if (element && row) lastIndex.current = [...element.querySelectorAll("[data-item]")].indexOf(row)
    }
    element?.addEventListener("focusin", remember)
    return () => element?.removeEventListener("focusin", remember)
  }, [list])

  const move = (by: 1 | -1) => {
    const all = rows()
    const row = current()
    const at = row ? all.indexOf(row) : by === 1 ? lastIndex.current - 1 : Math.max(lastIndex.current, 0)
    const next = all[Math.min(all.length - 1, Math.max(0, at + by))]
    next?.querySelector<HTMLElement>("[data-act=open]")?.focus()
    next?.scrollIntoView({ block: "nearest" })
  }
  const press = (selector: string) => () => current()?.querySelector<HTMLElement>(selector)?.click()
  const part = (name: ItemPart) => () => {
    const key = current()?.dataset.item
    if (key) goTo(key, name)
  }
  const proveAll = () => document.querySelector<HTMLElement>("[data-act=prove-all]")?.click()
  useHotkeys({
    j: () => move(1),
    k: () => move(-1),
    x: press("input[type=checkbox]"),
    p: press("[data-act=prove]"),
    P: proveAll,
    n: part("note"),
    e: part("evidence"),
    c: part("comment"),
    h: part("history"),
    "/": () => document.getElementById("checklist-filter")?.focus(),
  })
}

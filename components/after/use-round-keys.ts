import type { RefObject } from "react"
import { useHotkeys } from "@/components/shell/use-hotkeys"

/** j/k move over what waits for a person, x says that it is fine, n that it is not: the keys press the buttons that are there. */
export function useRoundKeys(list: RefObject<HTMLElement | null>): void {
  const current = () => document.activeElement?.closest<HTMLElement>("[data-part]") ?? null
  const move = (by: 1 | -1) => {
    const all = [...(list.current?.querySelectorAll<HTMLElement>("[data-part]") ?? [])]
    const at = current()
    const from = at ? all.indexOf(at) : by === 1 ? -1 : all.length
    const next = all[Math.min(all.length - 1, Math.max(0, from + by))]
    next?.focus()
    next?.scrollIntoView({ block: "nearest" })
  }
  const press = (act: string) => () => current()?.querySelector<HTMLElement>(`[data-act=${act}]`)?.click()
  useHotkeys({ j: () => move(1), k: () => move(-1), x: press("fine"), n: press("not-fine") })
}

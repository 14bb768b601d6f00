"use client"
import { useEffect, useRef } from "react"

/** By key as `event.key` names it; a sequence is written with a space: `g c`. */
export type Hotkeys = Record<string, (event: KeyboardEvent) => void>

const SEQUENCE_MS = 1_200

/** Keys for the whole page. They keep still while someone types, while a dialog is open and with a modifier held. */
export function useHotkeys(hotkeys: Hotkeys): void {
  const latest = useRef(hotkeys)
  latest.current = hotkeys
  useEffect(() => {
    let first = ""
    let firstAtMs = 0
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || typing(event.target)) return
      const sequence = Date.now() - firstAtMs < SEQUENCE_MS ? `${first} ${event.key}` : event.key
      const act = latest.current[sequence] ?? latest.current[event.key]
      first = event.key
      firstAtMs = sequence.includes(" ") ? 0 : Date.now()
      if (!act) return
      event.preventDefault()
      act(event)
    }
    window.addEventListener("keydown", press)
    return () => window.removeEventListener("keydown", press)
  }, [])
}

function typing(target: EventTarget | null): boolean {
  if (document.querySelector("[role=dialog][data-state=open], [role=menu][data-state=open]")) return true
  return (
    target instanceof HTMLElement &&
    target.matches("input:not([type=checkbox]), textarea, select, [contenteditable=true]")
  )
}

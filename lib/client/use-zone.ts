"use client"
import { useSyncExternalStore } from "react"

const never = () => () => {}

// React asks at every render and every change of the store, of every time on the page; the answer is costly to work out.
let here: string | undefined
function zoneHere(): string {
  here ??= Intl.DateTimeFormat().resolvedOptions().timeZone
  return here
}

/** The person's IANA zone, as it was when the page was opened; `fallback` on the server, which cannot know it. */
export function useZone(fallback: string): string {
  return useSyncExternalStore(never, zoneHere, () => fallback)
}

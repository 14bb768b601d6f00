"use client"
import { useSyncExternalStore } from "react"

const never = () => () => {}

/** The person's IANA zone; `fallback` on the server, which cannot know it. */
export function useZone(fallback: string): string {
  return useSyncExternalStore(
    never,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => fallback,
  )
}

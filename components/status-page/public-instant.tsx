"use client"
import { formatInstant } from "@/lib/client/format"
import { useZone } from "@/lib/client/use-zone"

export const FIRST_ZONE = "UTC"

/** An instant on the visitor's wall clock; in UTC until the browser has said where that is. */
export function PublicInstant({ at, how = "full" }: { at: string; how?: "full" | "day" | "time" }) {
  return <time dateTime={at}>{formatInstant(at, useZone(FIRST_ZONE), how)}</time>
}

"use client"
import { CloudOff, LoaderCircle } from "lucide-react"
import { useConnectionState } from "@/lib/client/release-context"

/** Whether what is on the page is live. Quiet while it is. */
export function ConnectionMark() {
  const state = useConnectionState()
  return (
    <span role="status" className="inline-flex items-center gap-1.5 text-ink-3 text-xs" data-connection={state}>
      {state === "live" ? (
        <>
          <span aria-hidden className="size-1.5 rounded-full bg-pass" /> Connected
        </>
      ) : state === "offline" ? (
        <span className="inline-flex items-center gap-1.5 text-fail">
          <CloudOff className="size-3.5" aria-hidden /> Offline
        </span>
      ) : (
        <span className="inline-flex items-center gap-1.5 text-warn">
          <LoaderCircle className="size-3.5 animate-turn" aria-hidden />
          {state === "connecting" ? "Connecting" : "Reconnecting"}
        </span>
      )}
    </span>
  )
}

"use client"
import { cn } from "@/components/ui/cn"
import { formatClock, formatDuration } from "@/lib/client/format"
import { useNow } from "@/lib/client/use-now"
import type { Incident } from "@/lib/domain/incident/incident-state"

/** Since its start, for as long as it lasts. */
export function IncidentClock({ incident }: { incident: Incident }) {
  const nowMs = useNow(1_000)
  const { startedAt, resolved, status } = incident
  const ms = (resolved ? Date.parse(resolved.at) : nowMs) - Date.parse(startedAt)
  return (
    <div
      role="timer"
      aria-label={resolved ? "It took" : "Since its start"}
      data-testid="incident-clock"
      className={cn(status === "open" ? "text-fail" : status === "resolved" ? "text-pass" : "text-ink")}
    >
      <p className="font-semibold text-5xl leading-none tracking-tighter sm:text-6xl">
        {resolved ? formatDuration(ms) : formatClock(ms)}
      </p>
      <p className="mt-1.5 text-ink-2 text-xs">{resolved ? "from start to end" : "since its start"}</p>
    </div>
  )
}

"use client"
import { Progress } from "@/components/ui/progress"
import { useNow } from "@/lib/client/use-now"

export function WatchProgress({ from, to }: { from: string; to: string }) {
  const nowMs = useNow(1_000)
  const startMs = Date.parse(from)
  return (
    <Progress
      value={Math.max(0, nowMs - startMs)}
      max={Date.parse(to) - startMs}
      label="The watch so far"
      className="mt-3"
    />
  )
}

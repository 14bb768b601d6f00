"use client"
import { Elapsed } from "@/components/time/elapsed"
import { Notice } from "@/components/ui/notice"
import { useRelease } from "@/lib/client/release-context"
import { latest } from "./read-tabs"

/** Why nothing moves, who held it, and what still runs meanwhile. */
export function DeployPaused() {
  const run = useRelease((release) => latest(release, "deploy"))
  const maintenanceOn = useRelease((release) => release.maintenance.on)
  if (!run?.pause || run.finishedAt !== null) return null
  const ending = run.steps.filter(({ status }) => status === "running")
  return (
    <Notice tone="warn" live>
      <strong className="font-medium">Paused by {run.pause.by}</strong> for <Elapsed since={run.pause.at} />: “
      {run.pause.reason}”. {ending.length > 0 ? `“${ending[0]?.title}” still runs to its end.` : "No step begins."}
      {maintenanceOn ? " Users see the maintenance page meanwhile." : ""}
    </Notice>
  )
}

"use client"
import { useState } from "react"
import { Ago } from "@/components/time/instant"
import { Button } from "@/components/ui/button"
import { Notice } from "@/components/ui/notice"
import { useRelease } from "@/lib/client/release-context"
import { useNow } from "@/lib/client/use-now"
import { latest } from "./read-tabs"

const SHOWN_MS = 30 * 60_000

/** Why a start that was to renew stale proof first did not come to a deployment. Goes away by itself. */
export function StartNotMade() {
  const run = useRelease((release) => (release.status === "preparing" ? latest(release, "start") : null))
  const laterDeploy = useRelease((release) => (latest(release, "deploy")?.queuedAt ?? "") > (run?.queuedAt ?? ""))
  const zone = useRelease((release) => release.window.zone)
  const nowMs = useNow(5_000)
  const [dismissed, setDismissed] = useState<string | null>(null)
  if (!run?.finishedAt || run.status === "passed" || laterDeploy || dismissed === run.id) return null
  if (nowMs - Date.parse(run.finishedAt) > SHOWN_MS) return null
  return (
    <Notice
      tone={run.status === "aborted" ? "info" : "warn"}
      live
      data-testid="start-not-made"
      actions={
        <Button size="sm" tone="quiet" onClick={() => setDismissed(run.id)}>
          Dismiss
        </Button>
      }
    >
      {run.outcome ?? "The deployment was not started."}{" "}
      <span className="text-ink-3">
        <Ago at={run.finishedAt} zone={zone} />
      </span>
    </Notice>
  )
}

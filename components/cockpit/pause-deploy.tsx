"use client"
import { Pause, Play } from "lucide-react"
import { useState } from "react"
import { Button } from "@/components/ui/button"
import { Problem } from "@/components/ui/problem"
import { ReasonDialog } from "@/components/ui/reason-dialog"
import { useMay, useRelease, useReleaseMutations } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"
import { latest } from "./read-tabs"

/** Holds the deployment before its next step, or lets it go on. */
export function PauseDeploy() {
  const run = useRelease((release) => latest(release, "deploy"))
  const { pause, resume } = useReleaseMutations()
  const may = useMay("deploy.pause")
  const [open, setOpen] = useState(false)
  const pausing = useAction((reason: string) => pause(reason), { onDone: () => setOpen(false) })
  const resuming = useAction(() => resume())
  if (!may || !run || run.finishedAt !== null || run.abort) return null
  if (run.pause) {
    return (
      <div className="grid gap-1">
        <Button tone="primary" size="lg" busy={resuming.isPending} onClick={() => resuming.mutate()}>
          <Play aria-hidden /> Go on
        </Button>
        <Problem problem={resuming.problem} />
      </div>
    )
  }
  return (
    <>
      <Button size="lg" onClick={() => setOpen(true)}>
        <Pause aria-hidden /> Pause
      </Button>
      <ReasonDialog
        open={open}
        onOpenChange={setOpen}
        title="Pause the deployment"
        description="What has begun ends; no further step begins until somebody lets it go on. Maintenance mode stays as it is, and its clock runs."
        action="Pause deployment"
        busy={pausing.isPending}
        problem={pausing.problem}
        onSubmit={(reason) => pausing.mutate(reason)}
      />
    </>
  )
}

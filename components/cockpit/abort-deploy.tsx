"use client"
import { Square } from "lucide-react"
import { useState } from "react"
import { Button } from "@/components/ui/button"
import { ReasonDialog } from "@/components/ui/reason-dialog"
import { useMay, useRelease, useReleaseMutations } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"
import { latest } from "./read-tabs"

export function AbortDeploy() {
  const run = useRelease((release) => latest(release, "deploy"))
  const { abort } = useReleaseMutations()
  const may = useMay("deploy.abort")
  const [open, setOpen] = useState(false)
  const action = useAction((reason: string) => abort(reason || undefined), { onDone: () => setOpen(false) })
  const asked = Boolean(run?.abort)
  return (
    <>
      <Button
        tone="danger"
        size="lg"
        disabled={!may || asked}
        title={may ? undefined : "Your roles do not abort deployments"}
        onClick={() => setOpen(true)}
      >
        <Square aria-hidden /> {asked ? "Aborting…" : "Abort"}
      </Button>
      <ReasonDialog
        open={open}
        onOpenChange={setOpen}
        title="Abort the deployment"
        description="The step in hand ends. Before the switch, maintenance mode is turned off and the previous version stays live; the record says which."
        action="Abort deployment"
        danger
        optional
        busy={action.isPending}
        problem={action.problem}
        onSubmit={(reason) => action.mutate(reason)}
      />
    </>
  )
}

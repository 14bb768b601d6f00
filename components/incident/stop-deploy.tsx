"use client"
import { Square } from "lucide-react"
import { useState } from "react"
import { latest } from "@/components/cockpit/read-tabs"
import { Button } from "@/components/ui/button"
import { ReasonDialog } from "@/components/ui/reason-dialog"
import { useIncidentMutations } from "@/lib/client/incident-mutations"
import { useMay, useRelease } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"
import type { Incident } from "@/lib/domain/incident/incident-state"

/** Ends the deployment under way, whoever began it. The reason stands there already: two keys and it is done. */
export function StopDeploy({ incident }: { incident: Incident }) {
  const run = useRelease((release) => latest(release, "deploy"))
  const may = useMay("deploy.abort")
  const { stopDeploy } = useIncidentMutations(incident.id)
  const [open, setOpen] = useState(false)
  const action = useAction((reason: string) => stopDeploy(reason), { onDone: () => setOpen(false) })
  if (!run || run.finishedAt !== null || incident.status === "resolved") return null
  const asked = run.abort !== null
  return (
    <>
      <Button
        tone="danger"
        size="lg"
        disabled={!may || asked}
        title={may ? undefined : "Your roles do not abort deployments"}
        onClick={() => setOpen(true)}
      >
        <Square aria-hidden /> {asked ? "Stopping…" : "Stop the deployment"}
      </Button>
      {open ? (
        <ReasonDialog
          open
          onOpenChange={setOpen}
          title="Stop the deployment"
          description="The step in hand ends and no other begins. Before the switch, maintenance mode is turned off and the previous version stays live."
          action="Stop it"
          danger
          initial={`Incident ${incident.number}: ${incident.title}`}
          busy={action.isPending}
          problem={action.problem}
          onSubmit={(reason) => action.mutate(reason)}
        />
      ) : null}
    </>
  )
}

"use client"
import { Undo2 } from "lucide-react"
import { useState } from "react"
import { Button } from "@/components/ui/button"
import { ReasonDialog } from "@/components/ui/reason-dialog"
import { useIncidentMutations } from "@/lib/client/incident-mutations"
import { useMay } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"
import type { Incident } from "@/lib/domain/incident/incident-state"

export function ReopenIncident({ incident }: { incident: Incident }) {
  const may = useMay("incident.resolve")
  const { reopen } = useIncidentMutations(incident.id)
  const [open, setOpen] = useState(false)
  const action = useAction((reason: string) => reopen(reason), { onDone: () => setOpen(false) })
  return (
    <>
      <Button
        size="lg"
        disabled={!may}
        title={may ? undefined : "Your roles do not re-open incidents"}
        onClick={() => setOpen(true)}
      >
        <Undo2 aria-hidden /> Re-open…
      </Button>
      <ReasonDialog
        open={open}
        onOpenChange={setOpen}
        title={`Re-open incident ${incident.number}`}
        description="Its escalation begins anew, from this moment and with every level. What was done and noted stays."
        action="Re-open"
        busy={action.isPending}
        problem={action.problem}
        onSubmit={(reason) => action.mutate(reason)}
      />
    </>
  )
}

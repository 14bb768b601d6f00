"use client"
import { Gauge } from "lucide-react"
import { useState } from "react"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import { TextArea } from "@/components/ui/field"
import { Problem } from "@/components/ui/problem"
import { useIncidentMutations } from "@/lib/client/incident-mutations"
import { useMay } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"
import type { Incident } from "@/lib/domain/incident/incident-state"
import { SeverityField } from "./severity-field"

export function ChangeSeverity({ incident }: { incident: Incident }) {
  const may = useMay("incident.respond")
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button
        size="lg"
        disabled={!may}
        title={may ? undefined : "Your roles do not work on incidents"}
        onClick={() => setOpen(true)}
      >
        <Gauge aria-hidden /> Severity…
      </Button>
      {open ? <SeverityDialog incident={incident} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function SeverityDialog({ incident, onClose }: { incident: Incident; onClose(): void }) {
  const { changeSeverity } = useIncidentMutations(incident.id)
  const [severity, setSeverity] = useState(incident.severity)
  const [reason, setReason] = useState("")
  const action = useAction(() => changeSeverity({ severity, reason: reason.trim() }), { onDone: onClose })
  const enough = severity !== incident.severity && reason.trim() !== ""
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Change the severity"
      description="The other severity’s escalation takes over. Its clocks count from the incident’s start; who was called already is not called again."
      className="top-[6vh] max-h-[88vh] w-[min(36rem,calc(100vw-1.5rem))]"
    >
      <form
        className="grid grid-cols-1 gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (enough) action.mutate()
        }}
      >
        <SeverityField value={severity} onChange={setSeverity} />
        <TextArea
          label="Reason"
          hint="It goes on the record."
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          maxLength={1000}
          rows={2}
          error={action.problem?.fields.reason}
        />
        <Problem problem={action.problem} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" busy={action.isPending} disabled={!enough}>
            Change severity
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

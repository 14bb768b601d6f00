"use client"
import { Siren } from "lucide-react"
import { useSearchParams } from "next/navigation"
import { Empty, Panel } from "@/components/ui/panel"
import { useRelease } from "@/lib/client/release-context"
import type { Incident } from "@/lib/domain/incident/incident-state"
import { chosenIncident } from "./chosen-incident"
import { DeclareButton } from "./declare-incident"
import { EscalationLadder } from "./escalation-ladder"
import { IncidentHead } from "./incident-head"
import { IncidentMessages } from "./incident-messages"
import { IncidentNotes } from "./incident-notes"
import { IncidentPins } from "./incident-pins"
import { IncidentRoles } from "./incident-roles"
import { IncidentSignals } from "./incident-signals"
import { IncidentStages } from "./incident-stages"
import { OtherIncidents } from "./other-incidents"
import { ResolutionRule } from "./resolution-rule"

/** The incident that is open, else the last one, else the way to declare one. `?number=` asks for a certain one. */
export function IncidentPage() {
  const release = useRelease()
  const number = Number(useSearchParams().get("number"))
  const { shown, others } = chosenIncident(release, number)
  return (
    <div className="grid grid-cols-1 gap-4">
      {shown ? (
        <OneIncident key={shown.id} incident={shown} />
      ) : (
        <Panel>
          <Empty icon={<Siren aria-hidden />} title="No incident">
            <p>
              Triggers and thresholds open one by themselves. If you see something that they do not, declare it: the
              right people are called at once, and everything that is done about it is on the record.
            </p>
            <DeclareButton tone="danger" size="lg" className="mt-4" />
          </Empty>
        </Panel>
      )}
      <OtherIncidents incidents={others} />
    </div>
  )
}

function OneIncident({ incident }: { incident: Incident }) {
  return (
    <div className={incident.status === "resolved" ? "grid grid-cols-1 gap-4" : "grid grid-cols-1 gap-4 max-sm:pb-20"}>
      <IncidentHead incident={incident} />
      <ResolutionRule incident={incident} />
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,5fr)_minmax(0,4fr)]">
        <div className="grid grid-cols-1 min-w-0 gap-4">
          <EscalationLadder incident={incident} />
          <IncidentStages incident={incident} />
        </div>
        <div className="grid grid-cols-1 min-w-0 gap-4">
          <IncidentRoles incident={incident} />
          <IncidentMessages incident={incident} />
          <IncidentNotes incident={incident} />
          <IncidentSignals incident={incident} />
          <IncidentPins incident={incident} />
        </div>
      </div>
    </div>
  )
}

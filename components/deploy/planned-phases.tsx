"use client"
import { Panel } from "@/components/ui/panel"
import { useSnapshot } from "@/lib/client/release-context"
import { DocumentedStep } from "./documented-step"

/** The phases as the playbook has them, before anything ran. */
export function PlannedPhases() {
  const phases = useSnapshot((snapshot) => snapshot.playbook.phases)
  return (
    <ol className="grid gap-4 xl:grid-cols-2">
      {phases.map((phase) => (
        <li key={phase.key}>
          <Panel
            title={phase.title}
            aside={phase.startsBefore ? <span>{phase.startsBefore} before</span> : null}
            className="h-full"
          >
            <ol className="divide-y">
              {phase.steps.map((step) => (
                <li key={step.key} className="px-4 py-1.5">
                  <DocumentedStep stepKey={step.key} phase={phase.key} summary={step.title} />
                </li>
              ))}
            </ol>
          </Panel>
        </li>
      ))}
    </ol>
  )
}

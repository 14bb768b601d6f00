"use client"
import { Panel } from "@/components/ui/panel"
import { useSnapshot } from "@/lib/client/release-context"
import { DocumentedStep } from "./documented-step"

/** The phases as the playbook has them, before anything ran. */
export function PlannedPhases() {
  const phases = useSnapshot((snapshot) => snapshot.playbook.phases)
  return (
    <ol className="grid gap-4 xl:grid-cols-2">
      {phases.map((phase, index) => (
        <li key={phase.key}>
          <Panel
            title={
              <>
                <span className="mr-2 text-ink-3">{index + 1}</span>
                {phase.title}
              </>
            }
            aside={phase.startsBefore ? <span>{phase.startsBefore} before</span> : null}
            className="h-full"
          >
            <ol className="divide-y">
              {phase.steps.map((step) => (
                <li key={step.key} className="px-4 py-2.5">
                  <p className="text-sm">{step.title}</p>
                  <DocumentedStep stepKey={step.key} phase={phase.key} />
                </li>
              ))}
            </ol>
          </Panel>
        </li>
      ))}
    </ol>
  )
}

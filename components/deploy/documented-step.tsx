"use client"
import { Disclosure } from "@/components/ui/disclosure"
import { useSnapshot } from "@/lib/client/release-context"
import { Commands } from "./commands"

/** What the playbook says about a step: its commands for people, and what to expect. */
export function DocumentedStep({
  stepKey,
  phase: phaseKey,
  summary,
}: {
  stepKey: string
  phase: string
  /** What opens it; left out: that it is the playbook that speaks. */
  summary?: string
}) {
  const phase = useSnapshot(({ playbook }) => playbook.phases.find((one) => one.key === phaseKey))
  const strategy = useSnapshot(({ environment }) => environment.strategy)
  const step = phase?.steps.find((one) => one.key === stepKey)
  if (step) {
    if (step.commands.length === 0 && !step.expect) return summary ? <p className="py-1 text-sm">{summary}</p> : null
    return (
      <Disclosure summary={summary ?? "What the playbook says"}>
        <Commands lines={step.commands} />
        {step.expect ? <p className="mt-2 text-ink-2 text-sm">Expect: {step.expect}</p> : null}
      </Disclosure>
    )
  }
  // The strategy's own steps stand for a documented option, if there is one for it.
  const options = phase?.deployOptions ?? []
  const option = options.find((one) => one.strategy === strategy) ?? options.find((one) => one.recommended)
  if (!option) return null
  return (
    <Disclosure summary={`What the playbook says: ${option.title}`}>
      <ol className="grid list-decimal gap-2 pl-5 text-sm">
        {option.steps.map((one) => (
          <li key={one.title}>
            {one.title}
            <Commands lines={one.commands} />
          </li>
        ))}
      </ol>
    </Disclosure>
  )
}

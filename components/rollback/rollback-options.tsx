"use client"
import { CodeOnlyWarning } from "@/components/changes/code-only-warning"
import { Commands } from "@/components/deploy/commands"
import { Disclosure } from "@/components/ui/disclosure"
import { Panel } from "@/components/ui/panel"
import { useRelease, useSnapshot } from "@/lib/client/release-context"
import { FromTo } from "./from-to"
import { RollBack } from "./roll-back"

/** The playbook's ways back: the strategy does the first, the others are procedure for people. */
export function RollbackOptions() {
  const { live, previous, status } = useRelease()
  const options = useSnapshot((snapshot) => snapshot.playbook.rollback.options)
  const strategy = useSnapshot((snapshot) => snapshot.environment.strategy)
  const possible = status === "deploying" || status === "verifying" || status === "watching"
  return (
    <Panel title="Ways back">
      {possible ? (
        <div className="border-b px-4 py-3">
          <FromTo from={live} to={previous} />
          <CodeOnlyWarning className="mt-3" />
        </div>
      ) : null}
      <ul className="divide-y">
        {options.map((option) => {
          const offered = option.capability === "promote_previous"
          return (
            <li key={option.key} className="grid gap-2 px-4 py-3">
              <div className="flex flex-wrap items-center justify-between gap-3">
                <div className="min-w-0">
                  <p className="font-medium text-sm">{option.title}</p>
                  <p className="text-ink-2 text-xs">
                    Budget {option.budget}
                    {offered ? "" : ` · documented procedure; the ${strategy} strategy does not offer it`}
                  </p>
                </div>
                {offered && possible ? <RollBack size="md" /> : null}
              </div>
              <Disclosure summary="What it does, and what it does not undo">
                <div className="grid gap-3 pb-1 text-sm">
                  <ol className="grid list-decimal gap-2 pl-5">
                    {option.steps.map((step) => (
                      <li key={step.title}>
                        {step.title}
                        <Commands lines={step.commands} />
                      </li>
                    ))}
                  </ol>
                  {option.notes.map((note) => (
                    <p key={note} className="text-ink-2">
                      {note}
                    </p>
                  ))}
                  {option.doesNotUndo.length > 0 ? (
                    <div>
                      <p className="font-medium text-warn">Does not undo</p>
                      <ul className="list-disc pl-5 text-ink-2">
                        {option.doesNotUndo.map((words) => (
                          <li key={words}>{words}</li>
                        ))}
                      </ul>
                    </div>
                  ) : null}
                </div>
              </Disclosure>
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}

"use client"
import { CodeOnlyWarning } from "@/components/changes/code-only-warning"
import { Commands } from "@/components/deploy/commands"
import { Disclosure } from "@/components/ui/disclosure"
import { Panel } from "@/components/ui/panel"
import { useRelease, useSnapshot } from "@/lib/client/release-context"
import type { RollbackOption } from "@/lib/domain/release/state"
import { FeatureFlags } from "./feature-flags"
import { FromTo } from "./from-to"
import { RollBack } from "./roll-back"

/** What the console does itself, and why it does not do the rest: that is procedure for people. */
function wayOf(
  capability: string,
  { canRevert, hasFlags }: { canRevert: boolean; hasFlags: boolean },
): { option?: RollbackOption; words?: string } {
  if (capability === "promote_previous") return { option: "promote_previous" }
  if (capability === "git_revert") {
    return canRevert
      ? { option: "git_revert" }
      : { words: "documented procedure; the environment’s settings do not let commits be taken back from here" }
  }
  return hasFlags ? {} : { words: "documented procedure; the environment has no feature flags set up" }
}

/** The playbook's ways back, each with what it takes. */
export function RollbackOptions() {
  const { live, previous, status } = useRelease()
  const options = useSnapshot((snapshot) => snapshot.playbook.rollback.options)
  const flags = useSnapshot((snapshot) => snapshot.environment.flags)
  const revert = useSnapshot((snapshot) => snapshot.environment.revert)
  const canRevert = revert !== null && Boolean(previous?.commit)
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
          const way = wayOf(option.capability, { canRevert, hasFlags: flags.length > 0 })
          return (
            <li key={option.key} className="grid gap-2 px-4 py-3">
              <div className="flex flex-wrap items-center justify-between gap-3">
                <div className="min-w-0">
                  <p className="font-medium text-sm">{option.title}</p>
                  <p className="text-ink-2 text-xs">
                    Budget {option.budget}
                    {way.words ? ` · ${way.words}` : ""}
                  </p>
                </div>
                {way.option && possible ? (
                  <RollBack
                    size="md"
                    option={way.option}
                    label={way.option === "git_revert" ? "Revert" : "Roll back"}
                  />
                ) : null}
              </div>
              {option.capability === "feature_flag" && flags.length > 0 ? <FeatureFlags /> : null}
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

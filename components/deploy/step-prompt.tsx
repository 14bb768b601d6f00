"use client"
import { useState } from "react"
import { Button } from "@/components/ui/button"
import { Problem } from "@/components/ui/problem"
import { ReasonDialog } from "@/components/ui/reason-dialog"
import { useMay, useRelease, useReleaseMutations, useSnapshot } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"
import type { StepState } from "@/lib/domain/release/state"

/** What a waiting step asks, with the answers that this person may give. */
export function StepPrompt({ runId, step }: { runId: string; step: StepState }) {
  const mayConfirm = useMay("step.confirm")
  const maySkip = useMay("step.skip")
  const running = useRelease((release) => release.runs[runId]?.status === "running")
  const myRoles = useSnapshot((snapshot) => snapshot.me.roles)
  const skippableBy = useSnapshot(
    ({ playbook }) =>
      playbook.phases.flatMap((phase) => phase.steps).find((one) => one.key === step.key)?.skippableBy ?? null,
  )
  const { confirmStep, skipStep } = useReleaseMutations()
  const [skipping, setSkipping] = useState(false)
  const confirm = useAction(() => confirmStep({ runId, stepKey: step.key }))
  const skip = useAction((reason: string) => skipStep({ runId, stepKey: step.key, reason }), {
    onDone: () => setSkipping(false),
  })
  const waiting = step.status === "waiting"
  const canSkip = running && maySkip && skippableBy?.some((role) => myRoles.includes(role))
  if (!waiting && !canSkip) return null
  return (
    <div
      className={
        waiting ? "mx-4 mb-3 rounded-lg border border-warn/40 bg-warn/8 px-4 py-3" : "flex justify-end px-4 pb-2"
      }
    >
      {waiting ? <p className="mb-2.5 font-medium text-sm">{step.prompt ?? "This step waits for a person."}</p> : null}
      <div className="flex flex-wrap gap-2">
        {waiting ? (
          <Button
            tone="primary"
            disabled={!mayConfirm}
            title={mayConfirm ? undefined : "Your roles do not confirm steps"}
            busy={confirm.isPending}
            onClick={() => confirm.mutate()}
          >
            Confirm
          </Button>
        ) : null}
        {canSkip ? (
          <Button size={waiting ? "md" : "sm"} tone="quiet" onClick={() => setSkipping(true)}>
            Skip…
          </Button>
        ) : null}
      </div>
      <Problem problem={confirm.problem} className="mt-2" />
      <ReasonDialog
        open={skipping}
        onOpenChange={setSkipping}
        title={`Skip “${step.title}”`}
        description="The run goes on without it."
        action="Skip step"
        busy={skip.isPending}
        problem={skip.problem}
        onSubmit={(reason) => skip.mutate(reason)}
      />
    </div>
  )
}

"use client"
import { useRouter } from "next/navigation"
import { useState } from "react"
import { CodeOnlyWarning } from "@/components/changes/code-only-warning"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import { TextArea } from "@/components/ui/field"
import { Problem } from "@/components/ui/problem"
import { formatDuration } from "@/lib/client/format"
import { useRelease, useReleaseMutations, useSnapshot } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"
import type { RollbackOption } from "@/lib/domain/release/state"
import { FromTo } from "./from-to"

export function RollbackDialog({
  onClose,
  triggerKey,
  reason: given = "",
  option: chosen = "promote_previous",
}: {
  onClose(): void
  triggerKey?: string
  reason?: string
  option?: RollbackOption
}) {
  const { id, live, previous, budgets, environment } = useRelease()
  const option = useSnapshot(({ playbook }) => playbook.rollback.options.find((one) => one.capability === chosen))
  const revert = useSnapshot((snapshot) => snapshot.environment.revert)
  const { startRollback } = useReleaseMutations()
  const router = useRouter()
  const [reason, setReason] = useState(given)
  const action = useAction(
    (words: string) => startRollback({ reason: words, option: chosen, ...(triggerKey ? { triggerKey } : {}) }),
    {
      onDone: () => {
        onClose()
        router.push(`/releases/${id}/verify`)
      },
    },
  )
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Roll back ${environment.name}`}
      description="It starts at once and stops whatever is running. The stopwatch runs until the previous version is verified."
    >
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (reason.trim()) action.mutate(reason.trim())
        }}
      >
        <FromTo from={live} to={previous} />
        {option && option.doesNotUndo.length > 0 ? (
          <div className="rounded-lg border border-warn/40 bg-warn/8 px-3 py-2 text-sm">
            <p className="font-medium">It does not undo</p>
            <ul className="mt-0.5 list-disc pl-4 text-ink-2">
              {option.doesNotUndo.map((words) => (
                <li key={words}>{words}</li>
              ))}
            </ul>
          </div>
        ) : null}
        {chosen === "git_revert" ? (
          <p className="text-ink-2 text-sm">
            The release’s commits are taken back as one, pushed to{" "}
            {revert?.mode === "main" ? `${revert.base} and a branch of its own` : "a branch of its own"}, and that is
            deployed. Nothing is pushed where they cannot be taken back cleanly.
          </p>
        ) : null}
        <CodeOnlyWarning />
        <TextArea
          label="Reason"
          hint={`It goes on the record. Budget: ${formatDuration(budgets.rollbackMs)}.`}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          maxLength={4000}
          rows={2}
          autoFocus
        />
        <Problem problem={action.problem} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="danger" disabled={!reason.trim()} busy={action.isPending}>
            Roll back now
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

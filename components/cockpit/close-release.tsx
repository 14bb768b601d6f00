"use client"
import { CircleCheck } from "lucide-react"
import { useState } from "react"
import { Button } from "@/components/ui/button"
import { ReasonDialog } from "@/components/ui/reason-dialog"
import { useMay, useRelease, useReleaseMutations } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"

export function CloseRelease() {
  const watching = useRelease((release) => release.status === "watching")
  const { close } = useReleaseMutations()
  const may = useMay("release.close")
  const [open, setOpen] = useState(false)
  const action = useAction((note: string) => close(note || undefined), { onDone: () => setOpen(false) })
  return (
    <>
      <Button
        tone="primary"
        size="lg"
        disabled={!may}
        title={may ? undefined : "Your roles do not close releases"}
        onClick={() => setOpen(true)}
      >
        <CircleCheck aria-hidden /> Close release
      </Button>
      <ReasonDialog
        open={open}
        onOpenChange={setOpen}
        title="Close this release"
        description={
          watching
            ? "The rollback triggers are disarmed and the metrics are no longer sampled. The record stays."
            : "Nothing more happens to this release. The record stays."
        }
        label="Note (optional)"
        action="Close release"
        optional
        busy={action.isPending}
        problem={action.problem}
        onSubmit={(note) => action.mutate(note)}
      />
    </>
  )
}

"use client"
import { useState } from "react"
import { Button } from "@/components/ui/button"
import { ReasonDialog } from "@/components/ui/reason-dialog"
import { useMay, useReleaseMutations } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"

export function StopCountdown() {
  const { stopRollback } = useReleaseMutations()
  const may = useMay("rollback.stop")
  const [open, setOpen] = useState(false)
  const action = useAction((reason: string) => stopRollback(reason), { onDone: () => setOpen(false) })
  return (
    <>
      <Button
        size="lg"
        disabled={!may}
        title={may ? undefined : "Your roles do not stop a rollback"}
        onClick={() => setOpen(true)}
      >
        Stop the countdown
      </Button>
      <ReasonDialog
        open={open}
        onOpenChange={setOpen}
        title="Stop the countdown"
        description="The new version stays live and the triggers stay armed. It goes on counting until you confirm."
        action="Stop the countdown"
        busy={action.isPending}
        problem={action.problem}
        onSubmit={(reason) => action.mutate(reason)}
      />
    </>
  )
}

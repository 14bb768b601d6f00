"use client"
import { useState } from "react"
import { Button } from "@/components/ui/button"
import { ReasonDialog } from "@/components/ui/reason-dialog"
import { useReleaseMutations } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"
import type { SignoffRole } from "@/lib/domain/access/roles"

/** Stopping takes a reason, and no proof of identity: only what lets a release pass does. */
export function DeclineSignoff({ role, onBehalfOf }: { role: SignoffRole; onBehalfOf?: string }) {
  const { sign } = useReleaseMutations()
  const [open, setOpen] = useState(false)
  const action = useAction(
    (reason: string) => sign({ role, decision: "decline", reason, ...(onBehalfOf ? { onBehalfOf } : {}) }),
    { onDone: () => setOpen(false) },
  )
  return (
    <>
      <Button tone="quiet" onClick={() => setOpen(true)}>
        Decline…
      </Button>
      <ReasonDialog
        open={open}
        onOpenChange={setOpen}
        title="Decline to sign"
        description="This attempt stops here until you or an admin opens the sign-off again."
        action="Decline"
        danger
        busy={action.isPending}
        problem={action.problem}
        onSubmit={(reason) => action.mutate(reason)}
      />
    </>
  )
}

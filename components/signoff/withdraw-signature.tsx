"use client"
import { useState } from "react"
import { Button } from "@/components/ui/button"
import { ReasonDialog } from "@/components/ui/reason-dialog"
import { useRelease, useReleaseMutations, useSnapshot } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"
import type { SignoffRole } from "@/lib/domain/access/roles"

/** The signer, or an admin, takes a signature back while nothing has started. */
export function WithdrawSignature({ role, signerId }: { role: SignoffRole; signerId: string }) {
  const me = useSnapshot((snapshot) => snapshot.me)
  const preparing = useRelease((release) => release.status === "preparing")
  const { withdraw } = useReleaseMutations()
  const [open, setOpen] = useState(false)
  const action = useAction((reason: string) => withdraw({ role, reason }), { onDone: () => setOpen(false) })
  if (!preparing || (me.id !== signerId && !me.roles.includes("admin"))) return null
  return (
    <>
      <Button size="sm" className="justify-self-start" onClick={() => setOpen(true)}>
        Withdraw…
      </Button>
      <ReasonDialog
        open={open}
        onOpenChange={setOpen}
        title="Withdraw this signature"
        description="The gate closes until the role is signed again."
        action="Withdraw"
        danger
        busy={action.isPending}
        problem={action.problem}
        onSubmit={(reason) => action.mutate(reason)}
      />
    </>
  )
}

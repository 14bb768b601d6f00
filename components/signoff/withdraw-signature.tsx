"use client"
import { useState } from "react"
import { Button } from "@/components/ui/button"
import { ReasonDialog } from "@/components/ui/reason-dialog"
import { useRelease, useReleaseMutations, useSnapshot } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"
import type { SignoffRole } from "@/lib/domain/access/roles"
import type { Signature } from "@/lib/domain/release/state"
import { peopleBehind } from "@/lib/domain/signoff/signoff-status"

/** The signer, who they signed for, or an admin takes a signature back while nothing has started. */
export function WithdrawSignature({ role, signature }: { role: SignoffRole; signature: Signature }) {
  const me = useSnapshot((snapshot) => snapshot.me)
  const preparing = useRelease((release) => release.status === "preparing")
  const { withdraw } = useReleaseMutations()
  const [open, setOpen] = useState(false)
  const action = useAction((reason: string) => withdraw({ role, reason, signatureId: signature.id }), {
    onDone: () => setOpen(false),
  })
  if (!preparing || (!peopleBehind(signature).includes(me.id) && !me.roles.includes("admin"))) return null
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

"use client"
import { useState } from "react"
import { Button } from "@/components/ui/button"
import { ReasonDialog } from "@/components/ui/reason-dialog"
import { useMay, useReleaseMutations } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"
import type { SignoffRole } from "@/lib/domain/access/roles"

export function ReopenSignoff({ role }: { role: SignoffRole }) {
  const may = useMay("signoff.reopen")
  const { reopen } = useReleaseMutations()
  const [open, setOpen] = useState(false)
  const action = useAction((reason: string) => reopen({ role, reason }), { onDone: () => setOpen(false) })
  if (!may) return null
  return (
    <>
      <Button className="justify-self-start" onClick={() => setOpen(true)}>
        Open again…
      </Button>
      <ReasonDialog
        open={open}
        onOpenChange={setOpen}
        title="Open this sign-off again"
        description="Only the person who declined, or an admin, can. It can then be signed."
        action="Open again"
        busy={action.isPending}
        problem={action.problem}
        onSubmit={(reason) => action.mutate(reason)}
      />
    </>
  )
}

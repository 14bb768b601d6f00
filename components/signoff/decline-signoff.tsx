"use client"
import { useState } from "react"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import { TextArea, TextField } from "@/components/ui/field"
import { Problem } from "@/components/ui/problem"
import { useReleaseMutations } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"
import type { SignoffRole } from "@/lib/domain/access/roles"

/** Declining is signed for too: with a reason and a fresh password. */
export function DeclineSignoff({ role }: { role: SignoffRole }) {
  const { sign } = useReleaseMutations()
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState("")
  const [password, setPassword] = useState("")
  const action = useAction(() => sign({ role, password, items: [], decision: "decline", reason: reason.trim() }), {
    onDone: () => setOpen(false),
  })
  return (
    <>
      <Button tone="quiet" onClick={() => setOpen(true)}>
        Decline…
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Decline to sign"
        description="This attempt stops here until you or an admin opens the sign-off again."
      >
        <form
          className="grid gap-3"
          onSubmit={(event) => {
            event.preventDefault()
            if (reason.trim() && password) action.mutate()
          }}
        >
          <TextArea
            label="Reason"
            hint="It goes on the record."
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            maxLength={4000}
            autoFocus
          />
          <TextField
            label="Your password"
            type="password"
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
          <Problem problem={action.problem} />
          <div className="flex justify-end gap-2">
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <Button type="submit" tone="danger" disabled={!reason.trim() || !password} busy={action.isPending}>
              Decline
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  )
}

"use client"
import { useState } from "react"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import { Problem } from "@/components/ui/problem"
import { request } from "@/lib/client/api"
import { useWrite } from "@/lib/client/use-write"
import type { PasskeyEntry } from "@/lib/contracts/api/passkeys"
import { ProofFields } from "./proof-fields"
import { useProof } from "./use-proof"

interface RemovePasskeyProps {
  passkey: PasskeyEntry
  hasPassword: boolean
  /** One that can be used on this page. */
  hasPasskey: boolean
  onRemoved(): void
}

/** Takes a passkey out of use, after a proof that it is its owner who does. */
export function RemovePasskey({ passkey, hasPassword, hasPasskey, onRemoved }: RemovePasskeyProps) {
  const [open, setOpen] = useState(false)
  const proof = useProof({ hasPassword, hasPasskey })
  const { id: passkeyId, name } = passkey
  const remove = useWrite(
    async () => request("DELETE", `/me/passkeys/${passkeyId}`, await proof.give({ for: "remove", passkeyId })),
    () => {
      change(false)
      onRemoved()
    },
  )
  const change = (isOpen: boolean) => {
    setOpen(isOpen)
    if (isOpen) return
    remove.reset()
    proof.forget()
  }
  const wrongPassword = remove.problem?.fields.password
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)} aria-label={`Remove ${name}`}>
        Remove
      </Button>
      <Dialog
        open={open}
        onOpenChange={change}
        title={`Remove “${name}”?`}
        description="It opens nothing here any more. What it signed stands, and still verifies. It stays on the device until you delete it there."
      >
        <form
          method="post"
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            if (proof.ready) remove.mutate()
          }}
        >
          <ProofFields proof={proof} error={wrongPassword} />
          <Problem problem={wrongPassword ? null : remove.problem} />
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={() => change(false)}>Keep it</Button>
            <Button type="submit" tone="danger" busy={remove.isPending} disabled={!proof.ready}>
              Remove
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  )
}

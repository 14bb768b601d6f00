"use client"
import { useState } from "react"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import { TextField } from "@/components/ui/field"
import { Problem } from "@/components/ui/problem"
import { request } from "@/lib/client/api"
import { useWrite } from "@/lib/client/use-write"
import type { PasskeyEntry } from "@/lib/contracts/api/passkeys"

/** Gives a passkey another name. */
export function RenamePasskey({ passkey, onRenamed }: { passkey: PasskeyEntry; onRenamed(): void }) {
  const [open, setOpen] = useState(false)
  const [name, setName] = useState(passkey.name)
  const rename = useWrite(
    () => request("PATCH", `/me/passkeys/${passkey.id}`, { name: name.trim() }),
    () => {
      setOpen(false)
      onRenamed()
    },
  )
  const change = (isOpen: boolean) => {
    setOpen(isOpen)
    if (!isOpen) return
    rename.reset()
    setName(passkey.name)
  }
  const wrongName = rename.problem?.fields.name
  return (
    <>
      <Button size="sm" onClick={() => change(true)} aria-label={`Rename ${passkey.name}`}>
        Rename
      </Button>
      <Dialog
        open={open}
        onOpenChange={change}
        title="Rename the passkey"
        description="What it signed before keeps the name that it had then."
      >
        <form
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            if (name.trim() !== "") rename.mutate()
          }}
        >
          <TextField
            label="Name"
            value={name}
            onChange={(event) => setName(event.target.value)}
            maxLength={60}
            error={wrongName}
            autoFocus
            required
          />
          <Problem problem={wrongName ? null : rename.problem} />
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={() => change(false)}>Cancel</Button>
            <Button type="submit" tone="primary" busy={rename.isPending} disabled={name.trim() === ""}>
              Rename
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  )
}

"use client"
import { useState } from "react"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import { TextField } from "@/components/ui/field"
import { Problem } from "@/components/ui/problem"
import { request } from "@/lib/client/api"
import { useWrite } from "@/lib/client/use-write"
import { type ChosenGrant, GrantFields } from "./grant-fields"
import { InvitationLink } from "./invitation-link"

/** Asks for an address, a name and a first role; shows the link, once. */
export function InvitePerson({ onInvited }: { onInvited(): void }) {
  const [open, setOpen] = useState(false)
  const [email, setEmail] = useState("")
  const [name, setName] = useState("")
  const [grant, setGrant] = useState<ChosenGrant>({ role: "viewer", service: "" })
  const invite = useWrite(
    () =>
      request<{ link: string }>("POST", "/invitations", {
        email: email.trim(),
        name: name.trim(),
        grants: [{ role: grant.role, service: grant.service || null }],
      }),
    onInvited,
  )
  const change = (isOpen: boolean) => {
    setOpen(isOpen)
    if (isOpen) return
    invite.reset()
    setEmail("")
    setName("")
  }
  return (
    <>
      <Button tone="primary" onClick={() => setOpen(true)}>
        Invite
      </Button>
      <Dialog
        open={open}
        onOpenChange={change}
        title="Invite somebody"
        description="You get a link to hand over yourself: the console sends no e-mail."
      >
        {invite.data ? (
          <div className="grid gap-4">
            <InvitationLink link={invite.data.link} />
            <Button className="justify-self-end" onClick={() => change(false)}>
              Done
            </Button>
          </div>
        ) : (
          <form
            className="grid gap-4"
            onSubmit={(event) => {
              event.preventDefault()
              invite.mutate()
            }}
          >
            <TextField
              label="E-mail"
              type="email"
              value={email}
              onChange={(event) => setEmail(event.target.value)}
              error={invite.problem?.fields.email}
              autoFocus
              required
            />
            <TextField
              label="Name"
              value={name}
              onChange={(event) => setName(event.target.value)}
              maxLength={120}
              error={invite.problem?.fields.name}
              required
            />
            <GrantFields value={grant} onChange={setGrant} />
            <Problem problem={invite.problem} />
            <Button type="submit" tone="primary" className="justify-self-end" busy={invite.isPending}>
              Make the link
            </Button>
          </form>
        )}
      </Dialog>
    </>
  )
}

"use client"
import { MoreHorizontal } from "lucide-react"
import { useState } from "react"
import { RenderedAgo } from "@/components/releases/rendered-ago"
import { StatusMark } from "@/components/status/status-mark"
import { Button } from "@/components/ui/button"
import { Menu, MenuItem } from "@/components/ui/menu"
import { Problem } from "@/components/ui/problem"
import { ReasonDialog } from "@/components/ui/reason-dialog"
import { request } from "@/lib/client/api"
import { useWrite } from "@/lib/client/use-write"
import type { PersonDetails } from "@/lib/contracts/api/people"
import { EditRoles } from "./edit-roles"
import { GrantList } from "./grant-words"

interface PersonRowProps {
  person: PersonDetails
  isMe: boolean
  mayManage: boolean
  onChanged(): void
}

const counted = (count: number, word: string) => `${count} ${word}${count === 1 ? "" : "s"}`

export function PersonRow({ person, isMe, mayManage, onChanged }: PersonRowProps) {
  const [open, setOpen] = useState<"roles" | "disable" | null>(null)
  const close = (isOpen: boolean) => isOpen || setOpen(null)
  const patch = useWrite(
    (body: { disabled: boolean; reason?: string }) => request("PATCH", `/people/${person.id}`, body),
    () => {
      setOpen(null)
      onChanged()
    },
  )
  const signOut = useWrite(() => request("DELETE", `/people/${person.id}/sessions`), onChanged)
  return (
    <li className="flex items-start gap-3 px-4 py-3" data-testid={`person-${person.email}`}>
      <div className="grid min-w-0 flex-1 gap-1.5">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
          <p className="font-medium text-sm">
            {person.name}
            {isMe ? <span className="font-normal text-ink-3"> (you)</span> : null}
          </p>
          {person.disabled ? <StatusMark look={{ tone: "off", word: "Disabled" }} /> : null}
          <p className="min-w-0 break-all text-ink-2 text-xs">{person.email}</p>
        </div>
        <GrantList grants={person.grants} />
        <p className="text-ink-2 text-xs">
          {person.lastSeenAt ? (
            <>
              Last seen <RenderedAgo at={person.lastSeenAt} />
            </>
          ) : (
            "Never signed in"
          )}
          {` · ${counted(person.sessions, "session")} · ${counted(person.passkeys, "passkey")}`}
          {person.disabled ? " · what they signed stands" : ""}
        </p>
        <Problem problem={signOut.problem ?? (open === null ? patch.problem : null)} />
      </div>
      {mayManage ? (
        <Menu
          trigger={
            <Button size="icon" tone="quiet" aria-label={`Change ${person.name}`} busy={patch.isPending}>
              <MoreHorizontal aria-hidden />
            </Button>
          }
        >
          <MenuItem onSelect={() => setOpen("roles")}>Roles</MenuItem>
          <MenuItem disabled={person.sessions === 0} onSelect={() => signOut.mutate()}>
            Sign out everywhere
          </MenuItem>
          {person.disabled ? (
            <MenuItem onSelect={() => patch.mutate({ disabled: false })}>Enable</MenuItem>
          ) : (
            <MenuItem disabled={isMe} onSelect={() => setOpen("disable")}>
              Disable
            </MenuItem>
          )}
        </Menu>
      ) : null}
      <EditRoles person={person} open={open === "roles"} onOpenChange={close} onChanged={onChanged} />
      <ReasonDialog
        open={open === "disable"}
        onOpenChange={close}
        title={`Disable ${person.name}?`}
        description="They are signed out everywhere at once and their tokens are refused. What they signed stands, and they can be enabled again."
        action="Disable"
        danger
        optional
        busy={patch.isPending}
        problem={patch.problem}
        onSubmit={(reason) => patch.mutate({ disabled: true, ...(reason.trim() ? { reason: reason.trim() } : {}) })}
      />
    </li>
  )
}

"use client"
import { useQuery } from "@tanstack/react-query"
import { StatusMark } from "@/components/status/status-mark"
import type { Tone } from "@/components/status/tones"
import { Button } from "@/components/ui/button"
import { Notice } from "@/components/ui/notice"
import { Panel } from "@/components/ui/panel"
import { Problem } from "@/components/ui/problem"
import { request } from "@/lib/client/api"
import { useWrite } from "@/lib/client/use-write"
import type { InvitationEntry } from "@/lib/contracts/api/people"
import { GrantList } from "./grant-words"
import { InvitationLink } from "./invitation-link"

const looks: Record<InvitationEntry["status"], { tone: Tone; word: string }> = {
  open: { tone: "wait", word: "Not accepted yet" },
  accepted: { tone: "pass", word: "Accepted" },
  expired: { tone: "off", word: "Expired" },
  revoked: { tone: "off", word: "Taken back" },
}

function InvitationRow({ invitation, onChanged }: { invitation: InvitationEntry; onChanged(): void }) {
  const { id, email, status } = invitation
  const renew = useWrite(() => request<{ link: string }>("POST", `/invitations/${id}/renew`), onChanged)
  const revoke = useWrite(() => request("DELETE", `/invitations/${id}`), onChanged)
  return (
    <li className="grid gap-2 px-4 py-3" data-testid={`invitation-${email}`}>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="grid min-w-0 flex-1 basis-60 gap-1">
          <p className="break-all text-sm">
            <span className="font-medium">{invitation.name}</span> <span className="text-ink-2">{email}</span>
          </p>
          <GrantList grants={invitation.grants} />
          <p className="text-ink-2 text-xs">
            Invited by {invitation.invitedBy.name}
            {status === "open" ? ` · until ${invitation.expiresAt.slice(0, 10)}` : ""}
          </p>
        </div>
        <StatusMark look={looks[status]} />
        {status === "accepted" ? null : (
          <div className="flex gap-2">
            <Button
              size="sm"
              busy={renew.isPending}
              onClick={() => renew.mutate()}
              aria-label={`New link for ${email}`}
            >
              New link
            </Button>
            {status === "open" ? (
              <Button
                size="sm"
                busy={revoke.isPending}
                onClick={() => revoke.mutate()}
                aria-label={`Take back the invitation of ${email}`}
              >
                Take back
              </Button>
            ) : null}
          </div>
        )}
      </div>
      <Problem problem={renew.problem ?? revoke.problem} />
      {renew.data && status === "open" ? <InvitationLink link={renew.data.link} /> : null}
    </li>
  )
}

export function Invitations({ onChanged }: { onChanged(): void }) {
  const { data, error } = useQuery({
    queryKey: ["invitations"],
    queryFn: ({ signal }) => request<{ invitations: InvitationEntry[] }>("GET", "/invitations", undefined, signal),
  })
  if (error) return <Notice tone="fail">{error.message}</Notice>
  if (!data?.invitations.length) return null
  return (
    <Panel title="Invitations">
      <ul className="divide-y">
        {data.invitations.map((invitation) => (
          <InvitationRow key={invitation.id} invitation={invitation} onChanged={onChanged} />
        ))}
      </ul>
    </Panel>
  )
}

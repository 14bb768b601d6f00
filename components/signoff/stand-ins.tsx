"use client"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { Instant } from "@/components/time/instant"
import { Button } from "@/components/ui/button"
import { Problem } from "@/components/ui/problem"
import { endDelegation } from "@/lib/client/delegations"
import { useRelease, useReleaseConnection, useSnapshot } from "@/lib/client/release-context"
import { type Delegation, signingQuery } from "@/lib/client/signing-query"
import { useAction } from "@/lib/client/use-action"
import type { SignoffRole } from "@/lib/domain/access/roles"
import { NameStandIn } from "./name-stand-in"

/** Who signs in whose stead for this role, until when; and the way to name somebody. */
export function StandIns({ role }: { role: SignoffRole }) {
  const { releaseId } = useReleaseConnection()
  const me = useSnapshot((snapshot) => snapshot.me)
  const { data } = useQuery(signingQuery(releaseId))
  const [open, setOpen] = useState(false)
  const delegations = data?.delegations.filter((one) => one.role === role) ?? []
  const mayName = me.roles.includes(role) && data && !delegations.some(({ from }) => from.id === me.id)
  if (delegations.length === 0 && !mayName) return null
  return (
    <div className="grid gap-2 border-t pt-3 text-sm">
      {delegations.map((one) => (
        <StandInLine key={one.id} delegation={one} meId={me.id} />
      ))}
      {mayName ? (
        <Button size="sm" tone="quiet" className="justify-self-start" onClick={() => setOpen(true)}>
          Name a stand-in…
        </Button>
      ) : null}
      {open ? <NameStandIn role={role} onClose={() => setOpen(false)} /> : null}
    </div>
  )
}

function StandInLine({ delegation, meId }: { delegation: Delegation; meId: string }) {
  const { releaseId } = useReleaseConnection()
  const zone = useRelease((release) => release.window.zone)
  const client = useQueryClient()
  const { from, to, until, reason } = delegation
  const refresh = () => client.invalidateQueries({ queryKey: signingQuery(releaseId).queryKey })
  const action = useAction(() => endDelegation(delegation.id), { onDone: () => void refresh() })
  const names = { from: from.id === meId ? "you" : from.name, to: to.id === meId ? "You" : to.name }
  return (
    <div className="grid gap-1" data-testid={`delegation-${delegation.id}`}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <p className="min-w-0 flex-1 text-ink-2">
          {names.to} may sign for {names.from} until <Instant at={until} zone={zone} />
          {reason ? <span className="text-ink-3"> ({reason})</span> : null}
        </p>
        {from.id === meId || to.id === meId ? (
          <Button size="sm" busy={action.isPending} onClick={() => action.mutate()}>
            End it
          </Button>
        ) : null}
      </div>
      <Problem problem={action.problem} />
    </div>
  )
}

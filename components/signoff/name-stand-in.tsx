"use client"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import { SelectField, TextField } from "@/components/ui/field"
import { Problem } from "@/components/ui/problem"
import { nameStandIn } from "@/lib/client/delegations"
import { peopleQuery } from "@/lib/client/people-query"
import { useRelease, useReleaseConnection, useSnapshot } from "@/lib/client/release-context"
import { signingQuery } from "@/lib/client/signing-query"
import { useAction } from "@/lib/client/use-action"
import { roleTitles, type SignoffRole } from "@/lib/domain/access/roles"

/** Somebody signs in my stead, for this role of this service, until a date. */
export function NameStandIn({ role, onClose }: { role: SignoffRole; onClose(): void }) {
  const { releaseId } = useReleaseConnection()
  const service = useRelease((release) => release.service)
  const me = useSnapshot((snapshot) => snapshot.me)
  const client = useQueryClient()
  const people = useQuery(peopleQuery)
  const [to, setTo] = useState("")
  const [until, setUntil] = useState("")
  const [reason, setReason] = useState("")
  const done = () => {
    void client.invalidateQueries({ queryKey: signingQuery(releaseId).queryKey })
    onClose()
  }
  const action = useAction(
    () => {
      const instant = new Date(until).toISOString()
      return nameStandIn({
        service: service.key,
        role,
        to,
        until: instant,
        ...(reason.trim() ? { reason: reason.trim() } : {}),
      })
    },
    { onDone: done },
  )
  const fields = action.problem?.fields ?? {}
  const elsewhere = fields.to || fields.until ? null : action.problem
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`Name a stand-in as ${roleTitles[role]}`}
      description={`They may sign ${service.name}’s releases for you until then. Both names stand on what they sign.`}
    >
      <form
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          if (to && until) action.mutate()
        }}
      >
        <SelectField label="Who" value={to} error={fields.to} onChange={(event) => setTo(event.target.value)} autoFocus>
          <option value="">Choose a person</option>
          {(people.data ?? [])
            .filter(({ id }) => id !== me.id)
            .map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
        </SelectField>
        <TextField
          label="Until"
          type="datetime-local"
          value={until}
          error={fields.until}
          onChange={(event) => setUntil(event.target.value)}
        />
        <TextField
          label="Reason (optional)"
          value={reason}
          maxLength={400}
          error={fields.reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <Problem problem={elsewhere} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" disabled={!to || !until} busy={action.isPending}>
            Name them
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

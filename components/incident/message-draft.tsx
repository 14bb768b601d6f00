"use client"
import { ChevronLeft } from "lucide-react"
import { useState } from "react"
import { Button } from "@/components/ui/button"
import { SelectField, TextArea, TextField } from "@/components/ui/field"
import { Notice } from "@/components/ui/notice"
import { Problem } from "@/components/ui/problem"
import { useIncidentMutations } from "@/lib/client/incident-mutations"
import { useRelease, useSnapshot } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"
import { messageStatuses } from "@/lib/domain/incident/incident-events"
import type { Incident, IncidentMessage } from "@/lib/domain/incident/incident-state"
import { messageLooks } from "./looks"

export type Draft = Pick<IncidentMessage, "audience" | "status" | "template" | "title" | "text">

/** The draft, to be read and changed; posting is a click of its own. */
export function MessageDraft({
  incident,
  first,
  onBack,
  onDone,
}: {
  incident: Incident
  first: Draft
  onBack(): void
  onDone(): void
}) {
  const [draft, setDraft] = useState(first)
  const { post } = useIncidentMutations(incident.id)
  const action = useAction(() => post({ ...draft, title: draft.title.trim(), text: draft.text.trim() }), { onDone })
  const change = (part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part }))
  const unfilled = gapsOf(first).find((gap) => `${draft.title} ${draft.text}`.includes(gap))
  const enough = draft.title.trim() !== "" && draft.text.trim() !== "" && !unfilled
  const toCustomers = draft.audience === "customers"
  return (
    <form
      className="grid grid-cols-1 gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (enough) action.mutate()
      }}
    >
      <WhoReadsIt toCustomers={toCustomers} />
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-[minmax(0,1fr)_10rem]">
        <TextField
          label="Title"
          value={draft.title}
          onChange={(event) => change({ title: event.target.value })}
          maxLength={200}
          error={action.problem?.fields.title}
        />
        <SelectField
          label="How far it is"
          value={draft.status}
          onChange={(event) => change({ status: event.target.value as Draft["status"] })}
        >
          {messageStatuses.map((status) => (
            <option key={status} value={status}>
              {messageLooks[status].word}
            </option>
          ))}
        </SelectField>
      </div>
      <TextArea
        label="Text"
        value={draft.text}
        onChange={(event) => change({ text: event.target.value })}
        maxLength={4000}
        rows={7}
        error={
          action.problem?.fields.text ?? (unfilled ? `${unfilled} is not filled in: put words in its place.` : null)
        }
        autoFocus
      />
      <Problem problem={action.problem} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button tone="quiet" className="mr-auto" onClick={onBack}>
          <ChevronLeft aria-hidden /> Templates
        </Button>
        <Button type="submit" tone="primary" busy={action.isPending} disabled={!enough}>
          Post to {toCustomers ? "customers" : "the team"}
        </Button>
      </div>
    </form>
  )
}

/** What the console could not fill in: `[what was done]`, or a placeholder that it does not know. */
function gapsOf({ title, text }: Draft): string[] {
  return `${title} ${text}`.match(/\{\{[^}]*\}\}|\[[^\]]+\]/g) ?? []
}

function WhoReadsIt({ toCustomers }: { toCustomers: boolean }) {
  const service = useRelease((release) => release.service)
  const statusPage = useSnapshot((snapshot) => snapshot.statusPage)
  if (!toCustomers) return <Notice>The team reads it in its channels, and here.</Notice>
  return (
    <Notice tone="warn">
      {statusPage
        ? `Everybody can read it at once at /status/${service.key}, title and text, and it goes to the channels for customers.`
        : `It goes to the channels for customers. ${service.name}’s public status page is switched off.`}
    </Notice>
  )
}

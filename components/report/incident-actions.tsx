"use client"
import { useQuery } from "@tanstack/react-query"
import { Plus } from "lucide-react"
import { useState } from "react"
import { FollowupRow } from "@/components/followups/followup-row"
import { Button } from "@/components/ui/button"
import { SelectField, TextField } from "@/components/ui/field"
import { Panel } from "@/components/ui/panel"
import { Problem } from "@/components/ui/problem"
import { peopleQuery } from "@/lib/client/people-query"
import { useMay, useRelease, useReleaseConnection } from "@/lib/client/release-context"
import { reportMutations } from "@/lib/client/report-query"
import { useAction } from "@/lib/client/use-action"
import { instantOfWallClock } from "@/lib/domain/window/instant-of-wall-clock"

/** What is changed so that it does not happen again, each with somebody who sees to it. */
export function IncidentActions({ incidentId }: { incidentId: string }) {
  const followups = useRelease((release) => release.followups)
  const may = useMay("followup.edit")
  const mine = Object.values(followups)
    .filter(({ list, subject }) => list === "post_incident" && subject === incidentId)
    .sort((a, b) => a.position - b.position)
  const done = mine.filter((one) => one.done).length
  return (
    <div data-testid="incident-actions" className="mx-auto w-full max-w-5xl">
      <Panel title="Actions" aside={mine.length > 0 ? <span>{`${done} of ${mine.length} done`}</span> : null}>
        {mine.length > 0 ? (
          <ul className="divide-y border-b">
            {mine.map((followup) => (
              <FollowupRow key={followup.key} followup={followup} />
            ))}
          </ul>
        ) : (
          <p className="px-4 pt-3 text-ink-2 text-sm">Nothing has been agreed yet.</p>
        )}
        {may ? <AddAction incidentId={incidentId} /> : null}
      </Panel>
    </div>
  )
}

function AddAction({ incidentId }: { incidentId: string }) {
  const { releaseId } = useReleaseConnection()
  const zone = useRelease((release) => release.window.zone)
  const people = useQuery(peopleQuery)
  const [title, setTitle] = useState("")
  const [assigneeId, setAssigneeId] = useState("")
  const [due, setDue] = useState("")
  const action = useAction(
    () => {
      const dueAt = due ? new Date(instantOfWallClock(`${due}T17:00`, zone)).toISOString() : null
      return reportMutations.addAction(releaseId, incidentId, { title, assigneeId: assigneeId || null, dueAt })
    },
    {
      onDone: () => {
        setTitle("")
        setDue("")
      },
    },
  )
  return (
    <form
      className="grid grid-cols-1 gap-3 px-4 py-3 sm:grid-cols-[minmax(0,1fr)_minmax(0,11rem)_minmax(0,10rem)_auto] sm:items-end"
      onSubmit={(event) => {
        event.preventDefault()
        action.mutate()
      }}
    >
      <TextField
        label="What is changed"
        value={title}
        maxLength={200}
        onChange={(event) => setTitle(event.target.value)}
        required
      />
      <SelectField label="Owner" value={assigneeId} onChange={(event) => setAssigneeId(event.target.value)}>
        <option value="">Nobody</option>
        {(people.data ?? []).map((person) => (
          <option key={person.id} value={person.id}>
            {person.name}
          </option>
        ))}
      </SelectField>
      <TextField label="Due" type="date" value={due} onChange={(event) => setDue(event.target.value)} />
      <Button type="submit" className="h-9 justify-self-start" busy={action.isPending}>
        <Plus aria-hidden /> Add
      </Button>
      <Problem problem={action.problem} className="sm:col-span-4" />
    </form>
  )
}

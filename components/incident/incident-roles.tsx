"use client"
import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import { SelectField, TextField } from "@/components/ui/field"
import { Panel } from "@/components/ui/panel"
import { Problem } from "@/components/ui/problem"
import { useIncidentMutations } from "@/lib/client/incident-mutations"
import { peopleQuery } from "@/lib/client/people-query"
import { useMay, useSnapshot } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"
import { incidentRoles } from "@/lib/domain/incident/incident-events"
import type { Incident, IncidentRole } from "@/lib/domain/incident/incident-state"
import { roleTasks, roleTitles } from "./looks"

/** Who does what. Taking a role is one click; handing it over names the next one, and may say how things stand. */
export function IncidentRoles({ incident }: { incident: Incident }) {
  const me = useSnapshot((snapshot) => snapshot.me)
  const may = useMay("incident.respond")
  const { giveRole } = useIncidentMutations(incident.id)
  const [handing, setHanding] = useState<IncidentRole | null>(null)
  const action = useAction((role: IncidentRole) => giveRole({ role, personId: me.id }))
  return (
    <Panel title="Roles">
      <ul className="divide-y">
        {incidentRoles.map((role) => {
          const holder = incident.roles[role]
          return (
            <li
              key={role}
              data-testid={`role-${role}`}
              className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1.5 px-4 py-2.5"
            >
              <div className="min-w-0">
                <p className="text-sm">
                  <span className="font-medium">{roleTitles[role]}</span>{" "}
                  <span className="text-ink-3 text-xs">{roleTasks[role]}</span>
                </p>
                <p className={holder ? "text-sm" : "text-ink-3 text-sm"}>
                  {holder ? holder.name : "Nobody"}
                  {holder?.id === me.id ? <span className="text-ink-3"> (you)</span> : null}
                </p>
              </div>
              {may ? (
                <div className="flex gap-1.5">
                  {holder?.id === me.id ? null : (
                    <Button size="sm" onClick={() => action.mutate(role)} aria-label={`Take ${roleTitles[role]}`}>
                      Take it
                    </Button>
                  )}
                  <Button
                    size="sm"
                    onClick={() => setHanding(role)}
                    aria-label={`${holder ? "Hand over" : "Give"} ${roleTitles[role]}`}
                  >
                    {holder ? "Hand over…" : "Give…"}
                  </Button>
                </div>
              ) : null}
            </li>
          )
        })}
      </ul>
      <Problem problem={action.problem} className="m-4" />
      {handing ? <HandOver incident={incident} role={handing} onClose={() => setHanding(null)} /> : null}
    </Panel>
  )
}

function HandOver({ incident, role, onClose }: { incident: Incident; role: IncidentRole; onClose(): void }) {
  const { giveRole } = useIncidentMutations(incident.id)
  const people = useQuery(peopleQuery)
  const holder = incident.roles[role]
  const [personId, setPersonId] = useState("")
  const [note, setNote] = useState("")
  const action = useAction(
    () => giveRole({ role, personId: personId || null, ...(note.trim() ? { note: note.trim() } : {}) }),
    { onDone: onClose },
  )
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`${holder ? "Hand over" : "Give"}: ${roleTitles[role]}`}
      description={holder ? `${holder.name} has it now.` : `Nobody has it now. It ${roleTasks[role]}.`}
    >
      <form
        className="grid grid-cols-1 gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          action.mutate()
        }}
      >
        <SelectField
          label="To"
          value={personId}
          onChange={(event) => setPersonId(event.target.value)}
          error={action.problem?.fields.personId}
        >
          <option value="">Nobody</option>
          {(people.data ?? [])
            .filter(({ id }) => id !== holder?.id)
            .map((person) => (
              <option key={person.id} value={person.id}>
                {person.name}
              </option>
            ))}
        </SelectField>
        <TextField
          label="How things stand (optional)"
          value={note}
          onChange={(event) => setNote(event.target.value)}
          maxLength={1000}
          error={action.problem?.fields.note}
        />
        <Problem problem={action.problem} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" busy={action.isPending} disabled={!personId && !holder}>
            {personId ? (holder ? "Hand over" : "Give") : "Take back"}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

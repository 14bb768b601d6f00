"use client"
import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { SelectField } from "@/components/ui/field"
import { ReasonDialog } from "@/components/ui/reason-dialog"
import { peopleQuery } from "@/lib/client/people-query"
import { useRelease, useReleaseMutations } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"

const ON_CALL = ""

/** The watch goes to a person, or back to the rota, with what the next one has to know. */
export function HandOver({ onClose }: { onClose(): void }) {
  const watcher = useRelease((release) => release.rounds?.watcher ?? null)
  const { handOverWatch } = useReleaseMutations()
  const people = useQuery(peopleQuery)
  const [personId, setPersonId] = useState(watcher?.id ?? ON_CALL)
  const action = useAction((note: string) => handOverWatch({ personId: personId || null, ...(note ? { note } : {}) }), {
    onDone: onClose,
  })
  return (
    <ReasonDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Hand over the watch"
      description="Rounds ask the one on watch, and a missed round alerts that person."
      label="Note (optional)"
      action="Hand over"
      optional
      busy={action.isPending}
      problem={action.problem}
      onSubmit={(note) => action.mutate(note)}
    >
      <SelectField label="To" value={personId} onChange={(event) => setPersonId(event.target.value)}>
        <option value={ON_CALL}>Whoever is on call</option>
        {(people.data ?? []).map((person) => (
          <option key={person.id} value={person.id}>
            {person.name}
          </option>
        ))}
      </SelectField>
    </ReasonDialog>
  )
}

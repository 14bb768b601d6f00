"use client"
import { useState } from "react"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import { Problem } from "@/components/ui/problem"
import { request } from "@/lib/client/api"
import { useWrite } from "@/lib/client/use-write"
import type { GrantEntry, PersonDetails } from "@/lib/contracts/api/people"
import { type ChosenGrant, GrantFields } from "./grant-fields"
import { grantInWords, grantKey } from "./grant-words"

interface Change {
  method: "PUT" | "DELETE"
  role: GrantEntry["role"]
  service: string | null
}

/** Roles of a person: each change counts at once. */
export function EditRoles(props: {
  person: PersonDetails
  open: boolean
  onOpenChange(open: boolean): void
  onChanged(): void
}) {
  const { person } = props
  const [chosen, setChosen] = useState<ChosenGrant>({ role: "viewer", service: "" })
  const change = useWrite(
    ({ method, role, service }: Change) => request(method, `/people/${person.id}/roles`, { role, service }),
    props.onChanged,
  )
  return (
    <Dialog
      open={props.open}
      onOpenChange={props.onOpenChange}
      title={`Roles of ${person.name}`}
      description="What they may do follows from the next click on. Every change goes on the record."
    >
      <ul className="mb-4 divide-y rounded-lg border">
        {person.grants.length === 0 ? <li className="px-3 py-2 text-ink-2 text-sm">No role yet.</li> : null}
        {person.grants.map((grant) => (
          <li key={grantKey(grant)} className="flex items-center justify-between gap-3 px-3 py-1.5 text-sm">
            {grantInWords(grant)}
            <Button
              size="sm"
              aria-label={`Take away ${grantInWords(grant)}`}
              disabled={change.isPending}
              onClick={() => change.mutate({ method: "DELETE", role: grant.role, service: grant.service?.key ?? null })}
            >
              Take away
            </Button>
          </li>
        ))}
      </ul>
      <form
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          change.mutate({ method: "PUT", role: chosen.role, service: chosen.service || null })
        }}
      >
        <GrantFields value={chosen} onChange={setChosen} />
        <Problem problem={change.problem} />
        <Button type="submit" tone="primary" className="justify-self-start" busy={change.isPending}>
          Give this role
        </Button>
      </form>
    </Dialog>
  )
}

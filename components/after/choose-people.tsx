"use client"
import { useId } from "react"
import { Checkbox } from "@/components/ui/checkbox"

interface ChoosePeopleProps {
  people: readonly { id: string; name: string }[]
  chosen: readonly string[]
  onChange(ids: string[]): void
}

export function ChoosePeople({ people, chosen, onChange }: ChoosePeopleProps) {
  const id = useId()
  return (
    <fieldset className="grid grid-cols-1 gap-1.5">
      <legend className="font-medium text-ink-2 text-sm">People</legend>
      <ul className="grid max-h-40 overflow-y-auto rounded-md border px-2 py-1 sm:grid-cols-2">
        {people.map((person) => (
          <li key={person.id} className="flex min-w-0 items-center gap-1 text-sm">
            <Checkbox
              id={`${id}-${person.id}`}
              checked={chosen.includes(person.id)}
              onCheckedChange={(checked) =>
                onChange(checked ? [...chosen, person.id] : chosen.filter((one) => one !== person.id))
              }
            />
            <label htmlFor={`${id}-${person.id}`} className="min-w-0 truncate">
              {person.name}
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}

"use client"
import { ArrowDown, ArrowUp, X } from "lucide-react"
import { Button } from "@/components/ui/button"
import { SelectField } from "@/components/ui/field"
import type { PersonEntry } from "@/lib/client/people-query"

/** People one after the other; somebody may come twice in a round. */
export function PeopleOrder({
  people,
  names,
  chosen,
  error,
  onChange,
}: {
  people: PersonEntry[]
  names: Map<string, string>
  chosen: string[]
  error?: string
  onChange(chosen: string[]): void
}) {
  const name = (id: string) => people.find((person) => person.id === id)?.name ?? names.get(id) ?? "Somebody unknown"
  const move = (place: number, by: 1 | -1) => {
    const [id] = chosen.slice(place, place + 1)
    if (id) onChange(chosen.toSpliced(place, 1).toSpliced(place + by, 0, id))
  }
  return (
    <div className="grid grid-cols-1 gap-2">
      {chosen.length > 0 ? (
        <ol aria-label="People in turn" className="divide-y rounded-md border">
          {chosen.map((id, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: somebody may be in it twice; the place is what tells them apart
            <li key={`${place} ${id}`} className="flex items-center gap-1 py-1 pr-1 pl-2.5 text-sm">
              <span aria-hidden className="w-5 text-ink-3 text-xs tabular-nums">
                {place + 1}
              </span>
              <span className="min-w-0 flex-1 break-words">
                {name(id)}
                {people.length > 0 && !people.some((person) => person.id === id) ? (
                  <span className="text-fail"> (can no longer be called)</span>
                ) : null}
              </span>
              <Button
                size="icon"
                tone="quiet"
                disabled={place === 0}
                aria-label={`${name(id)} earlier`}
                onClick={() => move(place, -1)}
              >
                <ArrowUp aria-hidden />
              </Button>
              <Button
                size="icon"
                tone="quiet"
                disabled={place === chosen.length - 1}
                aria-label={`${name(id)} later`}
                onClick={() => move(place, 1)}
              >
                <ArrowDown aria-hidden />
              </Button>
              <Button
                size="icon"
                tone="quiet"
                aria-label={`Take ${name(id)} out`}
                onClick={() => onChange(chosen.toSpliced(place, 1))}
              >
                <X aria-hidden />
              </Button>
            </li>
          ))}
        </ol>
      ) : null}
      <SelectField
        label={chosen.length > 0 ? "Then" : "Who begins"}
        value=""
        error={error}
        onChange={(event) => event.target.value && onChange([...chosen, event.target.value])}
      >
        <option value="">Add somebody…</option>
        {people.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
    </div>
  )
}

"use client"
import { ChevronRight } from "lucide-react"
import { useState } from "react"
import { Button } from "@/components/ui/button"
import { SelectField, TextField } from "@/components/ui/field"
import { Notice } from "@/components/ui/notice"
import { Skeleton } from "@/components/ui/skeleton"
import type { PersonEntry } from "@/lib/client/people-query"
import { fieldOf, spanInWords, spanOfFields, type TakeOverSpan } from "./take-over-spans"

interface TakeOverWhenProps {
  people: PersonEntry[]
  personId: string
  me: string
  spans: TakeOverSpan[]
  nowMs: number
  zone: string
  waiting: boolean
  onPerson(id: string): void
  onSpan(span: TakeOverSpan): void
}

export function TakeOverWhen({
  people,
  personId,
  me,
  spans,
  nowMs,
  zone,
  waiting,
  onPerson,
  onSpan,
}: TakeOverWhenProps) {
  const [from, setFrom] = useState(() => fieldOf(nowMs, zone))
  const [until, setUntil] = useState(() => fieldOf(nowMs + 8 * 3_600_000, zone))
  const own = spanOfFields(from, until, zone)
  if (waiting) return <Skeleton className="h-40" />
  if (people.length === 0) return <Notice tone="warn">Nobody may acknowledge incidents of this service.</Notice>
  return (
    <div className="grid grid-cols-1 gap-4">
      <SelectField label="Who" value={personId} onChange={(event) => onPerson(event.target.value)}>
        {people
          .toSorted((a, b) => Number(b.id === me) - Number(a.id === me))
          .map(({ id, name }) => (
            <option key={id} value={id}>
              {id === me ? `${name} (you)` : name}
            </option>
          ))}
      </SelectField>
      <fieldset className="grid grid-cols-1 gap-2">
        <legend className="mb-1.5 font-medium text-ink-2 text-sm">When</legend>
        {spans.map((span) => (
          <button
            key={span.key}
            type="button"
            className="flex items-center gap-3 rounded-lg border border-line-strong px-3 py-2 text-left text-sm hover:bg-hover"
            onClick={() => onSpan(span)}
          >
            <span className="min-w-0 flex-1">
              <span className="block font-medium">{span.label}</span>
              <span className="block text-ink-2 text-xs tabular-nums">{spanInWords(span, zone)}</span>
            </span>
            <ChevronRight className="size-4 shrink-0 text-ink-3" aria-hidden />
          </button>
        ))}
      </fieldset>
      <form
        className="grid grid-cols-1 gap-3 border-t pt-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (own) onSpan(own)
        }}
      >
        <TextField
          label="From"
          type="datetime-local"
          value={from}
          onChange={(event) => setFrom(event.target.value)}
          required
        />
        <TextField
          label="Until"
          type="datetime-local"
          value={until}
          onChange={(event) => setUntil(event.target.value)}
          required
        />
        <Button type="submit" className="justify-self-end" disabled={!own}>
          These times
        </Button>
      </form>
    </div>
  )
}

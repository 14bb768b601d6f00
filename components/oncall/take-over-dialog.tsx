"use client"
import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import { TextField } from "@/components/ui/field"
import { Problem } from "@/components/ui/problem"
import { zoneCity } from "@/lib/client/format"
import { oncallMutations } from "@/lib/client/oncall-query"
import { peopleQuery } from "@/lib/client/people-query"
import { useNow } from "@/lib/client/use-now"
import { useWrite } from "@/lib/client/use-write"
import { useZone } from "@/lib/client/use-zone"
import type { RotaView } from "@/lib/contracts/api/oncall"
import { shiftsBetween } from "@/lib/domain/oncall/shifts-between"
import { BothClocks } from "./both-clocks"
import { callablePeople } from "./callable-people"
import { overridesOf } from "./overrides-of"
import { type TakeOverSpan, takeOverSpans } from "./take-over-spans"
import { TakeOverWhen } from "./take-over-when"

interface TakeOverDialogProps {
  rota: RotaView
  me: string
  onClose(): void
  onDone(): void
}

/** Two steps: when (a choice is enough), then what it changes, to be confirmed. */
export function TakeOverDialog({ rota, me, onClose, onDone }: TakeOverDialogProps) {
  const zone = useZone(rota.rotation.zone)
  const nowMs = useNow(60_000)
  const { data: everybody = [], isPending } = useQuery(peopleQuery)
  const people = callablePeople(everybody, rota.service.key)
  const [chosen, setChosen] = useState<string | null>(null)
  const personId = chosen ?? (people.some(({ id }) => id === me) ? me : (people[0]?.id ?? ""))
  const [span, setSpan] = useState<TakeOverSpan | null>(null)
  const spans = takeOverSpans(nowMs, rota.now.until ? Date.parse(rota.now.until) : null, zone)
  const name = people.find(({ id }) => id === personId)?.name ?? ""
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={`Take over: ${rota.name}`}
      description={span ? "This is what it changes." : `Times are by the clock of ${zoneCity(zone)}.`}
    >
      {span ? (
        <Confirm
          {...{ rota, span, nowMs, onDone }}
          person={{ id: personId, name, me: personId === me }}
          onBack={() => setSpan(null)}
        />
      ) : (
        <TakeOverWhen
          {...{ people, personId, me, spans, nowMs, zone }}
          waiting={isPending}
          onPerson={setChosen}
          onSpan={setSpan}
        />
      )}
    </Dialog>
  )
}

function Confirm({
  rota,
  span,
  nowMs,
  person,
  onBack,
  onDone,
}: {
  rota: RotaView
  span: TakeOverSpan
  nowMs: number
  person: { id: string; name: string; me: boolean }
  onBack(): void
  onDone(): void
}) {
  const [reason, setReason] = useState("")
  const { zone } = rota.rotation
  const iso = (ms: number) => new Date(ms).toISOString()
  const startMs = span.startMs ?? nowMs
  const before = shiftsBetween(rota.rotation, overridesOf(rota), startMs, span.endMs)
  const names = new Map(
    [...rota.people, ...rota.overrides.map((each) => each.person)].map(({ id, name }) => [id, name]),
  )
  const save = useWrite(
    () =>
      oncallMutations.createOverride(rota.id, {
        personId: person.id,
        ...(span.startMs === null ? {} : { startsAt: iso(span.startMs) }),
        endsAt: iso(span.endMs),
        ...(reason.trim() ? { reason: reason.trim() } : {}),
      }),
    onDone,
  )
  return (
    <form
      className="grid grid-cols-1 gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <div
        className="grid grid-cols-1 gap-1 rounded-lg border bg-sunken px-3 py-2.5 text-sm"
        data-testid="take-over-preview"
      >
        <p>
          <span className="font-semibold">{person.me ? "You are" : `${person.name} is`}</span> on call{" "}
          {span.startMs === null ? "from now" : <BothClocks at={iso(span.startMs)} zone={zone} />} until{" "}
          <BothClocks at={iso(span.endMs)} zone={zone} />
        </p>
        <p className="text-ink-2">
          instead of{" "}
          {[...new Set(before.map(({ personId }) => (personId ? (names.get(personId) ?? "somebody") : "nobody")))].join(
            ", ",
          )}
        </p>
      </div>
      <TextField
        label="Why (optional)"
        hint="Whoever looks at the rota reads it."
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        maxLength={400}
        autoFocus
      />
      <Problem problem={save.problem} />
      <div className="flex justify-end gap-2">
        <Button onClick={onBack}>Back</Button>
        <Button type="submit" tone="primary" busy={save.isPending}>
          {person.me ? "I take over" : `Put ${person.name} on call`}
        </Button>
      </div>
    </form>
  )
}

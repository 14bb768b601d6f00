"use client"
import { Pin } from "lucide-react"
import { Button } from "@/components/ui/button"
import { Problem } from "@/components/ui/problem"
import { useIncidentMutations } from "@/lib/client/incident-mutations"
import { useMay, useRelease } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"
import { openIncident } from "@/lib/domain/incident/declare-incident"
import type { Incident } from "@/lib/domain/incident/incident-state"

const MOST_CHARACTERS = 400

/** Keeps an event in sight of the incident: of the open one, else of the last, whose report is still to be written. */
export function PinEvent({ seq, words }: { seq: number; words: string }) {
  const may = useMay("incident.respond")
  const incident = useRelease((release) => openIncident(release) ?? lastOf(release.incidents))
  return may && incident ? <PinButton {...{ incident, seq, words }} /> : null
}

function PinButton({ incident, seq, words }: { incident: Incident; seq: number; words: string }) {
  const { pin, unpin } = useIncidentMutations(incident.id)
  const pinned = incident.pins.some((one) => one.seq === seq)
  const action = useAction(() => (pinned ? unpin(seq) : pin(seq, words.slice(0, MOST_CHARACTERS))))
  return (
    <div className="mx-2 mb-2 grid grid-cols-1 gap-2">
      <Button size="sm" className="justify-self-start" busy={action.isPending} onClick={() => action.mutate()}>
        <Pin aria-hidden /> {pinned ? "Unpin from" : "Pin to"} incident {incident.number}
      </Button>
      <Problem problem={action.problem} />
    </div>
  )
}

function lastOf(incidents: Record<string, Incident>): Incident | null {
  return Object.values(incidents).reduce<Incident | null>(
    (last, one) => (last === null || one.number > last.number ? one : last),
    null,
  )
}

"use client"
import { PinOff } from "lucide-react"
import Link from "next/link"
import { Button } from "@/components/ui/button"
import { Panel } from "@/components/ui/panel"
import { Problem } from "@/components/ui/problem"
import { useIncidentMutations } from "@/lib/client/incident-mutations"
import { useMay, useRelease } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"
import type { Incident } from "@/lib/domain/incident/incident-state"

/** Events of the timeline that the report must not miss, in the timeline's order. */
export function IncidentPins({ incident }: { incident: Incident }) {
  const id = useRelease((release) => release.id)
  const may = useMay("incident.respond")
  const { unpin } = useIncidentMutations(incident.id)
  const action = useAction((seq: number) => unpin(seq))
  const pins = incident.pins.toSorted((a, b) => a.seq - b.seq)
  return (
    <Panel title="Pinned" aside={pins.length || null}>
      {pins.length === 0 ? (
        <p className="px-4 py-3 text-ink-3 text-sm">
          Open an event on the{" "}
          <Link href={`/releases/${id}/timeline`} className="underline underline-offset-2">
            timeline
          </Link>{" "}
          and pin it: the report is drafted around what is pinned.
        </p>
      ) : (
        <ul className="divide-y" data-testid="incident-pins">
          {pins.map(({ seq, words, by }) => (
            <li key={seq} className="flex items-start gap-3 px-4 py-2.5">
              <span className="w-8 shrink-0 text-right text-ink-3 text-xs leading-5">{seq}</span>
              <div className="min-w-0 flex-1">
                <p className="break-words text-sm">{words}</p>
                <p className="text-ink-3 text-xs">pinned by {by}</p>
              </div>
              {may ? (
                <Button size="icon" tone="quiet" aria-label={`Unpin event ${seq}`} onClick={() => action.mutate(seq)}>
                  <PinOff aria-hidden />
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      <Problem problem={action.problem} className="m-4" />
    </Panel>
  )
}

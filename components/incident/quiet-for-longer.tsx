"use client"
import { Remaining } from "@/components/time/elapsed"
import { Ago } from "@/components/time/instant"
import { Button } from "@/components/ui/button"
import { Problem } from "@/components/ui/problem"
import { useIncidentMutations } from "@/lib/client/incident-mutations"
import { useMay, useRelease } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"
import type { Incident } from "@/lib/domain/incident/incident-state"

/** Who has it, and for how long phones are quiet; acknowledged once more, the interval begins anew. */
export function QuietForLonger({ incident: { id, acknowledged } }: { incident: Incident }) {
  const zone = useRelease((release) => release.window.zone)
  const may = useMay("incident.respond")
  const { acknowledge } = useIncidentMutations(id)
  const action = useAction(() => acknowledge())
  if (!acknowledged) return null
  return (
    <div className="text-ink-2 text-sm">
      <p>
        <span className="font-medium text-ink">{acknowledged.by.name}</span> has it,{" "}
        <Ago at={acknowledged.at} zone={zone} />. Phones stay quiet for another{" "}
        <span className="font-medium text-ink">
          <Remaining until={acknowledged.repageAt} />
        </span>
        .{" "}
        {may ? (
          <Button
            size="sm"
            className="align-baseline"
            busy={action.isPending}
            onClick={() => action.mutate()}
            aria-label="Acknowledge again: phones stay quiet for longer"
          >
            For longer
          </Button>
        ) : null}
      </p>
      <Problem problem={action.problem} className="mt-2" />
    </div>
  )
}

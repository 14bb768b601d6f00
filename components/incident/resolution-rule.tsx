"use client"
import Link from "next/link"
import { RollBack } from "@/components/rollback/roll-back"
import { Remaining } from "@/components/time/elapsed"
import { cn } from "@/components/ui/cn"
import { useRelease } from "@/lib/client/release-context"
import { useNow } from "@/lib/client/use-now"
import type { Incident } from "@/lib/domain/incident/incident-state"
import { readRule } from "./read-rule"

/** What the playbook says is done about this severity, with the act beside it. */
export function ResolutionRule({ incident }: { incident: Incident }) {
  const release = useRelease()
  const rule = readRule(incident, release, useNow(1_000))
  if (!incident.resolution) return null
  return (
    <section
      aria-label="The rule of its severity"
      data-testid="resolution-rule"
      className={cn(
        "flex flex-wrap items-center gap-x-6 gap-y-3 rounded-xl border px-5 py-3.5",
        rule.repairOver ? "border-fail/60 bg-fail/10" : "bg-surface",
      )}
    >
      {rule.repairDueMs !== null && !rule.repairOver ? (
        <div role="timer" aria-label="Left for the repair">
          <p className="font-semibold text-3xl leading-none tracking-tight">
            <Remaining until={new Date(rule.repairDueMs).toISOString()} />
          </p>
          <p className="mt-1 text-ink-2 text-xs">left for the repair</p>
        </div>
      ) : null}
      <div className="min-w-0 flex-1 basis-56">
        <p className="text-ink-3 text-xs">What the playbook says</p>
        <p className="font-medium">{incident.resolution}</p>
        {rule.repairOver ? (
          <p className="font-medium text-fail text-sm">The time for a repair is over. Roll back?</p>
        ) : null}
        {rule.cannot ? (
          <p className="text-ink-2 text-sm">
            {rule.cannot}{" "}
            {release.rollback ? (
              <Link href={`/releases/${release.id}/rollback`} className="underline underline-offset-2">
                Rollback
              </Link>
            ) : null}
          </p>
        ) : null}
      </div>
      {rule.offersRollback ? (
        <RollBack
          primary={rule.rollBackNow}
          label={rule.rollBackNow ? "Roll back now" : "Roll back instead"}
          reason={`Incident ${incident.number}: ${incident.title}`}
          triggerKey={incident.cause.kind === "trigger" ? (incident.cause.key ?? undefined) : undefined}
        />
      ) : null}
    </section>
  )
}

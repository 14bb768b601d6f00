"use client"
import { StatusPill } from "@/components/status/status-mark"
import { Ago, Instant } from "@/components/time/instant"
import { cn } from "@/components/ui/cn"
import { useRelease } from "@/lib/client/release-context"
import type { Incident } from "@/lib/domain/incident/incident-state"
import { ChangeSeverity } from "./change-severity"
import { IncidentClock } from "./incident-clock"
import { IncidentPrimary } from "./incident-primary"
import { howTitles, incidentLooks, severityLooks } from "./looks"
import { QuietForLonger } from "./quiet-for-longer"
import { ReopenIncident } from "./reopen-incident"
import { StopDeploy } from "./stop-deploy"

const frames = {
  open: "border-fail/60 bg-fail/10",
  acknowledged: "border-warn/50 bg-warn/8",
  resolved: "border-line-strong bg-surface",
}

/** Number, title, severity, status and the clock; what can be done about it beside. */
export function IncidentHead({ incident }: { incident: Incident }) {
  const zone = useRelease((release) => release.window.zone)
  const { number, title, severity, status, startedAt, declaredBy, resolved } = incident
  return (
    <section
      aria-labelledby="incident-title"
      data-testid="incident"
      data-status={status}
      className={cn("flex flex-wrap items-start gap-x-8 gap-y-4 rounded-xl border px-5 py-4", frames[status])}
    >
      <IncidentClock incident={incident} />
      <div className="min-w-0 flex-1 basis-72">
        <h2 id="incident-title" className="break-words font-semibold text-lg leading-6 tracking-tight">
          <span className="text-ink-2">Incident {number}:</span> {title}
        </h2>
        <p className="mt-2 flex flex-wrap gap-2">
          <StatusPill look={severityLooks[severity]} data-testid="incident-severity" />
          <StatusPill look={incidentLooks[status]} data-testid="incident-status" />
        </p>
        <p className="mt-2 text-ink-2 text-sm">
          {declaredBy}, <Instant at={startedAt} zone={zone} how="seconds" /> (<Ago at={startedAt} zone={zone} />)
        </p>
        <QuietForLonger incident={incident} />
        {resolved ? (
          <p className="mt-1 text-sm">
            <span className="font-medium">{howTitles[resolved.how]}</span>: {resolved.words}{" "}
            <span className="text-ink-3">
              ({resolved.by}, <Instant at={resolved.at} zone={zone} how="seconds" />)
            </span>
          </p>
        ) : null}
      </div>
      <div className="flex flex-wrap items-start gap-2 max-sm:w-full">
        <StopDeploy incident={incident} />
        {resolved ? (
          <ReopenIncident incident={incident} />
        ) : (
          <>
            <ChangeSeverity incident={incident} />
            <IncidentPrimary incident={incident} />
          </>
        )}
      </div>
    </section>
  )
}

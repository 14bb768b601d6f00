"use client"
import { Rocket } from "lucide-react"
import { ReleaseChanges } from "@/components/changes/release-changes"
import { latest } from "@/components/cockpit/read-tabs"
import { DeliveriesPanel } from "@/components/deliveries/deliveries-panel"
import { SchedulePanel } from "@/components/schedule/schedule-panel"
import { Instant } from "@/components/time/instant"
import { Disclosure } from "@/components/ui/disclosure"
import { Empty, Panel } from "@/components/ui/panel"
import { useRelease } from "@/lib/client/release-context"
import { DeployFacts } from "./deploy-facts"
import { PlannedPhases } from "./planned-phases"
import { RunOutcome } from "./run-outcome"
import { RunPhases } from "./run-phases"

export function DeployPage() {
  const run = useRelease((release) => latest(release, "deploy"))
  const runs = useRelease((release) => release.runs)
  const order = useRelease((release) => release.runOrder)
  const zone = useRelease((release) => release.window.zone)
  const earlier = order.flatMap((id) => (runs[id]?.kind === "deploy" && id !== run?.id ? [runs[id]] : []))
  return (
    <section aria-labelledby="deploy-title" className="grid gap-4">
      <h2 id="deploy-title" className="sr-only">
        Deploy
      </h2>
      <DeployFacts />
      <SchedulePanel />
      {run ? (
        <>
          <RunOutcome run={run} />
          <RunPhases run={run} />
          <ReleaseChanges />
          <DeliveriesPanel />
        </>
      ) : (
        <>
          <Panel>
            <Empty icon={<Rocket aria-hidden />} title="Nothing was deployed yet">
              The four phases below run once the gate says go and someone starts the deployment.
            </Empty>
          </Panel>
          <ReleaseChanges />
          <PlannedPhases />
        </>
      )}
      {earlier.length > 0 ? (
        <Disclosure summary={`Earlier attempts (${earlier.length})`}>
          <div className="grid gap-4">
            {earlier.toReversed().map((one) => (
              <div key={one.id} className="grid gap-2">
                <p className="text-ink-3 text-xs">
                  <Instant at={one.queuedAt} zone={zone} />, by {one.by}
                </p>
                <RunOutcome run={one} />
                <RunPhases run={one} />
              </div>
            ))}
          </div>
        </Disclosure>
      ) : null}
    </section>
  )
}

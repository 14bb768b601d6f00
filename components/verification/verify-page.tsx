"use client"
import { Activity } from "lucide-react"
import { latest } from "@/components/cockpit/read-tabs"
import { RunPhases } from "@/components/deploy/run-phases"
import { RollbackOptions } from "@/components/rollback/rollback-options"
import { Empty, Panel } from "@/components/ui/panel"
import { useRelease } from "@/lib/client/release-context"
import { MetricCharts } from "./metric-charts"
import { PlannedVerification } from "./planned-verification"
import { Triggers } from "./triggers"
import { WatchVerdict } from "./watch-verdict"

export function VerifyPage() {
  const run = useRelease((release) => latest(release, "verify"))
  const switched = useRelease((release) => release.switchedAt !== null)
  return (
    <section aria-labelledby="verify-title" className="grid gap-4">
      <h2 id="verify-title" className="sr-only">
        Verify
      </h2>
      <WatchVerdict />
      {switched ? <MetricCharts /> : null}
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <div className="grid min-w-0 gap-4">
          {run ? (
            <RunPhases run={{ ...run, steps: run.steps.filter((step) => step.phase !== "watch") }} />
          ) : (
            <>
              {switched ? null : (
                <Panel>
                  <Empty icon={<Activity aria-hidden />} title="Nothing to verify yet">
                    Once the new version is live, these checks run by themselves and the metrics are watched.
                  </Empty>
                </Panel>
              )}
              <PlannedVerification />
            </>
          )}
        </div>
        <div className="grid min-w-0 gap-4">
          <Triggers />
          <RollbackOptions />
        </div>
      </div>
    </section>
  )
}

"use client"
import { latest } from "@/components/cockpit/read-tabs"
import { FollowupList } from "@/components/followups/followup-list"
import { MetricCharts } from "@/components/verification/metric-charts"
import { Triggers } from "@/components/verification/triggers"
import { useRelease } from "@/lib/client/release-context"
import { RollbackOptions } from "./rollback-options"
import { RollbackRun } from "./rollback-run"
import { RollbackWatch } from "./rollback-watch"

/** Everything about going back: the ways, what is under way, and what follows. The banner above has the clock. */
export function RollbackPage() {
  const run = useRelease((release) => latest(release, "rollback"))
  const switched = useRelease((release) => release.switchedAt !== null)
  const shown = run && run.status !== "cancelled" && run.startedAt ? run : null
  return (
    <section aria-labelledby="rollback-title" className="grid gap-4">
      <h2 id="rollback-title" className="sr-only">
        Rollback
      </h2>
      <RollbackWatch />
      <FollowupList list="post_rollback" title="After the rollback" />
      {shown ? <RollbackRun run={shown} /> : null}
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <RollbackOptions />
        <Triggers />
      </div>
      {shown && switched ? <MetricCharts /> : null}
    </section>
  )
}

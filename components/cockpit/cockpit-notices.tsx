"use client"
import { Notice } from "@/components/ui/notice"
import { useConnectionState } from "@/lib/client/release-context"
import { IncidentNotice } from "../incident/incident-notice"
import { RollbackBanner } from "../rollback/rollback-banner"
import { DeployPaused } from "./deploy-paused"
import { EnvironmentBusy } from "./environment-busy"
import { EnvironmentLock } from "./environment-lock"
import { MaintenanceOverdue } from "./maintenance-overdue"
import { StartNotMade } from "./start-not-made"

/** What needs an answer now, on every page of the release. */
export function CockpitNotices() {
  const state = useConnectionState()
  return (
    <div className="grid gap-3 not-empty:mb-5">
      {state === "offline" ? (
        <Notice tone="warn" live>
          You are offline. What you see is from before; it catches up by itself, without a gap, when the network is
          back.
        </Notice>
      ) : null}
      <IncidentNotice />
      <RollbackBanner />
      <DeployPaused />
      <MaintenanceOverdue />
      <EnvironmentLock />
      <EnvironmentBusy />
      <StartNotMade />
    </div>
  )
}

"use client"
import { useRelease } from "@/lib/client/release-context"
import { RollBack } from "../rollback/roll-back"
import { AbortDeploy } from "./abort-deploy"
import { CloseRelease } from "./close-release"
import { PauseDeploy } from "./pause-deploy"
import { latest } from "./read-tabs"
import { RenewedStart } from "./renewed-start"
import { StartDeploy } from "./start-deploy"

/** The one thing to do next; rolling back stays beside it for as long as something could be rolled back to. */
export function PrimaryAction() {
  const release = useRelease()
  const { status, rollback } = release
  const start = latest(release, "start")
  const canRollBack = status === "deploying" || status === "verifying" || status === "watching"
  const underWay = rollback?.status === "running" || rollback?.status === "done"
  return (
    <>
      {status !== "preparing" ? null : start && start.finishedAt === null ? (
        <RenewedStart run={start} />
      ) : (
        <StartDeploy />
      )}
      {status === "deploying" ? <PauseDeploy /> : null}
      {status === "deploying" ? <AbortDeploy /> : null}
      {canRollBack && !underWay ? <RollBack primary={status === "verifying"} /> : null}
      {status === "watching" || status === "rolled_back" ? <CloseRelease /> : null}
    </>
  )
}

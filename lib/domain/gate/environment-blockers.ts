import type { EnvironmentFacts } from "@/lib/domain/environment/facts"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { Blocker } from "./gate-types"

export function environmentBlockers(
  state: ReleaseState,
  { name, key, lock, active }: EnvironmentFacts,
  forRun: string | null,
): Blocker[] {
  const blockers: Blocker[] = []
  if (lock) {
    blockers.push({
      code: "environment_locked",
      message: `${name} was locked by ${lock.byName}: ${lock.reason}`,
      role: "tech_lead",
      href: `/releases/${state.id}/deploy#environment`,
      subject: key,
    })
  }
  if (active && active.runId !== forRun) {
    blockers.push({
      code: "environment_busy",
      message: `${active.releaseName} holds ${name}: one deployment at a time.`,
      href: `/releases/${active.releaseId}/deploy`,
      subject: key,
    })
  }
  return blockers
}

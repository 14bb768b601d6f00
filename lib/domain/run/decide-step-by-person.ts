import { type Role, roleTitles } from "@/lib/domain/access/roles"
import { type Decision, refuse } from "@/lib/domain/release/decision"
import type { ReleaseState, StepStatus } from "@/lib/domain/release/state"
import type { Actor } from "@/lib/domain/timeline/actor"
import { findStep } from "./find-run"

interface StepRef {
  runId: string
  stepKey: string
}

/** A person's word on what the step asks. The asked role, or an admin, must be among `roles`. */
export function decideStepConfirmed(
  state: ReleaseState,
  { runId, stepKey, note, roles }: StepRef & { note: string | null; roles: readonly Role[] },
  actor: Actor,
): Decision {
  const found = findStep(state, { runId, stepKey })
  if (!found.ok) return found
  const { step } = found
  if (step.status !== "waiting") {
    if (step.confirmed) return { ok: true, events: [] }
    return refuse("conflict", `The step “${step.title}” waits for nobody.`, { detail: { status: step.status } })
  }
  const asked = step.waitingRole
  if (asked && !roles.includes(asked) && !roles.includes("admin")) {
    return refuse("forbidden", `This step asks for a word of ${roleTitles[asked]}.`)
  }
  return { ok: true, events: [{ type: "step.confirmed", actor, data: { runId, stepKey, note } }] }
}

const skippable: readonly StepStatus[] = ["waiting", "failed", "timed_out", "interrupted"]

/**
 * Goes on without a step that waits or did not work. `skippableBy`: the playbook's roles for this step; an admin may
 * besides. Left out: the right to skip steps is enough.
 */
export function decideStepSkipped(
  state: ReleaseState,
  {
    runId,
    stepKey,
    reason,
    roles,
    skippableBy,
  }: StepRef & { reason: string; roles: readonly Role[]; skippableBy?: readonly Role[] },
  actor: Actor,
): Decision {
  const found = findStep(state, { runId, stepKey })
  if (!found.ok) return found
  const { step } = found
  if (step.status === "skipped") return { ok: true, events: [] }
  if (!skippable.includes(step.status)) {
    return refuse("conflict", `Only a step that waits or did not work can be skipped; this one is ${step.status}.`, {
      detail: { status: step.status },
    })
  }
  if (skippableBy && !roles.some((role) => role === "admin" || skippableBy.includes(role))) {
    const who = skippableBy.map((role) => roleTitles[role]).join(" or ") || "nobody"
    return refuse("forbidden", `The playbook lets ${who} skip this step.`)
  }
  if (!reason.trim()) return refuse("invalid", "Say why the step is skipped.", { field: "reason" })
  return { ok: true, events: [{ type: "step.skipped", actor, data: { runId, stepKey, reason: reason.trim() } }] }
}

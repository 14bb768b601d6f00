import type { z } from "zod"
import { captureProblems } from "./cross-check-captures"
import { phaseProblems } from "./cross-check-phases"
import type { CrossProblem } from "./cross-problem"
import type { Playbook } from "./shape"

/** The rules between parts: names that must be unique, the order of phases, placeholders that must be known. */
export function crossCheck(playbook: Playbook, ctx: z.core.$RefinementCtx<Playbook>): void {
  const problems = [...keyProblems(playbook), ...phaseProblems(playbook.phases), ...captureProblems(playbook)]
  for (const { path, message } of problems) ctx.addIssue({ code: "custom", path, message })
}

type Keyed = [path: (string | number)[], key: string]

/** Each entry is one namespace; a key must be unique within it. */
function keyProblems(playbook: Playbook): CrossProblem[] {
  const { checklist, phases, verification, rollback, signoffs, incident, monitoring24h, thresholds, runbook } = playbook
  const list = (path: (string | number)[], parts: { key: string }[]): Keyed[] =>
    parts.map((part, i) => [[...path, i, "key"], part.key])
  const groups = checklist.groups.map((group, i) => list(["checklist", "groups", i, "items"], group.items))
  const checks = verification.immediate.map((g, i) => list(["verification", "immediate", i, "checks"], g.checks))
  const namespaces: Keyed[][] = [
    list(["checklist", "groups"], checklist.groups),
    groups.flat(),
    phases.flatMap((phase, i) => list(["phases", i, "steps"], phase.steps)),
    ...phases.map((phase, i) => list(["phases", i, "deployOptions"], phase.deployOptions ?? [])),
    list(["verification", "immediate"], verification.immediate),
    [...checks.flat(), ...list(["verification", "functional"], verification.functional)],
    list(["verification", "watch", "items"], verification.watch.items),
    list(["verification", "watch", "dashboard"], verification.watch.dashboard),
    list(["rollback", "triggers"], rollback.triggers),
    list(["rollback", "options"], rollback.options),
    list(["rollback", "postActions"], rollback.postActions),
    signoffs.roles.map((role, i) => [["signoffs", "roles", i, "role"], role.role]),
    ...signoffs.roles.map((role, i) => list(["signoffs", "roles", i, "items"], role.items)),
    list(["incident", "stages"], incident.stages),
    list(["incident", "severities"], incident.severities),
    incident.escalation.map((path, i) => [["incident", "escalation", i, "severity"], path.severity]),
    list(["monitoring24h", "bands"], monitoring24h.bands),
    ...monitoring24h.bands.map((band, i) => list(["monitoring24h", "bands", i, "items"], band.items)),
    list(["thresholds", "critical"], thresholds.critical),
    list(["thresholds", "warning"], thresholds.warning),
    list(["runbook", "logs"], runbook.logs),
    list(["runbook", "issues"], runbook.issues),
    list(["after72h"], playbook.after72h),
  ]
  return namespaces.flatMap(repeated)
}

function repeated(keys: Keyed[]): CrossProblem[] {
  const seen = new Set<string>()
  return keys.flatMap(([path, key]) => {
    if (seen.has(key)) return [{ path, message: `"${key}" is used twice; it must be unique` }]
    seen.add(key)
    return []
  })
}

import type { CheckBinding } from "./sections/check-binding"
import type { Playbook } from "./shape"

export interface BoundCheck {
  /** Where the binding stands in the playbook. */
  path: (string | number)[]
  binding: CheckBinding
}

type Parts = Pick<Playbook, "checklist" | "phases" | "verification" | "monitoring24h">

/** Every check that a playbook binds, in the order of the document. */
export function checkBindings({ checklist, phases, verification, monitoring24h }: Parts): BoundCheck[] {
  return [
    ...checklist.groups.flatMap(({ items }, g) => bound(["checklist", "groups", g, "items"], items)),
    ...phases.flatMap(({ steps }, p) =>
      steps.flatMap(({ run }, s) =>
        run.type === "check" ? [{ path: ["phases", p, "steps", s, "run", "check"], binding: run.check }] : [],
      ),
    ),
    ...verification.immediate.flatMap(({ checks }, g) => bound(["verification", "immediate", g, "checks"], checks)),
    ...bound(["verification", "functional"], verification.functional),
    ...monitoring24h.bands.flatMap(({ items }, b) => bound(["monitoring24h", "bands", b, "items"], items)),
  ]
}

function bound(path: (string | number)[], parts: { check?: CheckBinding }[]): BoundCheck[] {
  return parts.flatMap(({ check }, i) => (check ? [{ path: [...path, i, "check"], binding: check }] : []))
}

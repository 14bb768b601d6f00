import { z } from "zod"
import { checklistSchema } from "./sections/checklist"
import { incidentSchema } from "./sections/incident"
import { monitoringSchema } from "./sections/monitoring"
import { phaseKeys, phaseSchema } from "./sections/phases"
import { rollbackSchema } from "./sections/rollback"
import { after72hSchema, runbookSchema } from "./sections/runbook"
import { signoffsSchema } from "./sections/signoffs"
import { key, words } from "./sections/text"
import { thresholdsSchema } from "./sections/thresholds"
import { budgetsSchema, windowSchema } from "./sections/timing"
import { verificationSchema } from "./sections/verification"

/** Every part by itself, before the rules between parts. */
export const playbookShape = z.strictObject({
  key: key.describe("The playbook's name in addresses and in the API."),
  name: words(120),
  version: words(40).describe("The document's own version."),
  service: z.strictObject({ key, name: words(120) }),
  summary: words(4_000),
  window: windowSchema,
  budgets: budgetsSchema,
  checklist: checklistSchema,
  phases: z.array(phaseSchema).length(phaseKeys.length).describe("The four phases, in this order."),
  verification: verificationSchema,
  rollback: rollbackSchema,
  signoffs: signoffsSchema,
  incident: incidentSchema,
  monitoring24h: monitoringSchema,
  thresholds: thresholdsSchema,
  runbook: runbookSchema,
  after72h: after72hSchema,
})
export type Playbook = z.infer<typeof playbookShape>

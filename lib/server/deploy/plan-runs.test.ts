import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { checkDefinitions } from "@/lib/checks/definitions.gen"
import { environmentConfigSchema } from "@/lib/domain/environment/config"
import type { ReleaseState } from "@/lib/domain/release/state"
import { parsePlaybook } from "@/lib/playbook/parse-playbook"
import { planRollbackRun } from "@/lib/server/rollback/plan-rollback-run"
import { planCheckRun } from "@/lib/server/verification/plan-check-run"
import { planVerifyRun } from "@/lib/server/verification/plan-verify-run"
import { planDeployRun } from "./plan-deploy-run"

const kinds = Object.keys(checkDefinitions)
const parsed = parsePlaybook(readFileSync("prisma/seed/playbooks/postd-go-live.yaml", "utf8"), { kinds })
if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
const { playbook } = parsed
const environmentConfig = environmentConfigSchema.parse({
  baseUrl: "http://127.0.0.1:1",
  repository: "/r",
  strategy: { kind: "local", config: { adminUrl: "http://127.0.0.1:2" } },
  maintenance: { kind: "http-toggle", config: {}, message: "m" },
  timeScale: 0.01,
  probe: { intervalMs: 500 },
})
const live = { deploymentId: "1.1.0-a", version: "1.1.0", commit: "b".repeat(40) }
const previous = { deploymentId: "1.0.0-a", version: "1.0.0", commit: "a".repeat(40) }
const state = { version: "v1.1.0 (hot fix)", ref: "v1.1.0", commit: "b".repeat(40), live, previous } as ReleaseState

test("a deployment is the playbook's phases, with the strategy's steps in the place of its one step", () => {
  const runId = "0b8f8f2e-1111-4222-8333-123456789abc"
  const { steps, input } = planDeployRun({ playbook, environmentConfig, state, runId })
  const deploy = steps.filter(({ phase }) => phase === "deploy").map(({ key }) => key)
  expect(deploy).toEqual(["deploy-checkout", "deploy-build", "deploy-start", "deploy-health", "deploy-switch"])
  expect(new Set(steps.map(({ key }) => key)).size).toBe(steps.length)
  expect([...new Set(steps.map(({ phase }) => phase))]).toEqual(playbook.phases.map(({ key }) => key))
  expect(input.steps.filter(({ changesWorld }) => changesWorld).map(({ key }) => key)).toEqual([
    "maintenance-on",
    "deploy-switch",
    "maintenance-off",
  ])
  expect(planDeployRun({ playbook, environmentConfig, state, runId }).input).toEqual(input)
  expect(input.target.deploymentId).toBe("v1.1.0-hot-fix--123456789abc")
})

test("time that people wait for is scaled, technical limits are not", () => {
  const { input } = planVerifyRun({ playbook, environmentConfig })
  const watch = input.steps.at(-1)
  expect(watch?.work).toMatchObject({ type: "watch", durationMs: 15_000, minSamples: 3 })
  expect(new Set(input.steps.map(({ timeoutMs }) => timeoutMs).slice(0, -1))).toEqual(new Set([300_000]))
})

test("a rollback takes maintenance off before it asks as a user, and verifies last", () => {
  const { steps, input } = planRollbackRun({ playbook, environmentConfig, state })
  expect(steps.map(({ key }) => key).slice(0, 5)).toEqual([
    "rollback-ensure-running",
    "rollback-health",
    "rollback-switch",
    "rollback-maintenance-off",
    "rollback-confirm",
  ])
  expect(steps.slice(5).every(({ phase }) => phase === "immediate")).toBe(true)
  expect(input).toMatchObject({ target: { deploymentId: "1.0.0-a", version: "1.0.0" }, from: live })
  expect(() => planRollbackRun({ playbook, environmentConfig, state: { ...state, previous: null } })).toThrow(
    "no previous version",
  )
})

test("only an item with a check can be planned", () => {
  const items = playbook.checklist.groups.flatMap((group) => group.items)
  for (const item of items) {
    const plan = planCheckRun({ playbook, environmentConfig, itemKey: item.key })
    expect(plan?.input.check ?? null, item.key).toEqual(item.check ?? null)
  }
})

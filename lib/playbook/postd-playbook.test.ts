import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { checkDefinitions } from "@/lib/checks/definitions.gen"
import { parsePlaybook } from "./parse-playbook"
import type { Playbook } from "./schema"

const source = readFileSync(new URL("../../prisma/seed/playbooks/postd-go-live.yaml", import.meta.url), "utf8")
const parsed = parsePlaybook(source, { kinds: Object.keys(checkDefinitions) })
if (!parsed.ok) throw new Error(parsed.problems.map((p) => `${p.line}:${p.column} ${p.path} ${p.message}`).join("\n"))
const playbook: Playbook = parsed.playbook
const items = playbook.checklist.groups.flatMap((group) => group.items)

test("43 checklist items in 6 groups", () => {
  expect(playbook.checklist.groups.map((group) => group.items.length)).toEqual([7, 8, 8, 7, 7, 6])
  expect(items).toHaveLength(43)
})

test("at least 25 items are proved by a check, and all others ask for evidence in words", () => {
  expect(items.filter((item) => item.check).length).toBeGreaterThanOrEqual(25)
  expect(items.filter((item) => item.evidence.length < 20)).toEqual([])
  expect(items.some((item) => !item.waivable)).toBe(true)
})

test("window and budgets", () => {
  expect(playbook.window).toEqual({
    days: ["mon", "tue", "wed", "thu"],
    start: "09:00",
    end: "17:00",
    zone: "America/New_York",
  })
  expect(playbook.budgets).toEqual({
    downtime: { min: "5m", max: "15m" },
    rollback: "5m",
    preflightLead: "30m",
    maintenanceLead: "5m",
  })
})

test("4 phases, with every command of the document", () => {
  expect(playbook.phases.map((phase) => phase.key)).toEqual([
    "preflight",
    "maintenance_on",
    "deploy",
    "maintenance_off",
  ])
  const steps = (phase: number) => playbook.phases[phase]?.steps.flatMap((step) => step.commands) ?? []
  expect(steps(0)).toEqual([
    "git status",
    "git log --oneline -5",
    "git pull origin main",
    "npm run validate:env",
    "npx tsx server/scripts/stack-activation-audit.ts",
    "npx tsx server/scripts/phase5-activation-orchestrator.ts",
    'curl -H "Origin: https://aligned.com" http://localhost:8080/health',
    "curl http://localhost:8080/api/ping",
    "npx tsx server/scripts/db-healthcheck.ts",
    "curl http://localhost:8080/api/oauth/meta",
  ])
  expect(steps(1)).toEqual([
    "export MAINTENANCE_MODE=true",
    `export MAINTENANCE_MESSAGE="System maintenance in progress. We'll be back online shortly."`,
  ])
  expect(steps(3)).toEqual([
    "curl -I https://aligned.com/health",
    "tail -f logs/production.log | grep -i error",
    "export MAINTENANCE_MODE=false",
    "npm run test:smoke",
  ])
  const options = playbook.phases[2]?.deployOptions ?? []
  expect(options.map((option) => option.strategy)).toEqual(["vercel", "kubernetes", "compose"])
  expect(options.filter((option) => option.recommended).map((option) => option.key)).toEqual(["a"])
})

test("verification: 5 immediate groups, 5 functional tests, 7 things to watch for, 6 dashboard limits, 25 minutes", () => {
  const { immediate, functional, watch } = playbook.verification
  expect(immediate.map((group) => group.checks.length)).toEqual([2, 2, 1, 1, 1])
  expect(functional).toHaveLength(5)
  expect(watch.items).toHaveLength(7)
  expect(watch.dashboard).toHaveLength(6)
  expect(watch.duration).toBe("25m")
})

test("rollback: 6 triggers, 3 options with their budgets, 6 actions afterwards", () => {
  expect(playbook.rollback.triggers).toHaveLength(6)
  expect(playbook.rollback.triggers.filter((trigger) => trigger.mode === "auto").map((trigger) => trigger.key)).toEqual(
    ["error-rate", "latency-p99"],
  )
  expect(playbook.rollback.triggers[0]?.rule).toMatchObject({ comparison: ">", limit: 0.05, for: "5m" })
  expect(playbook.rollback.triggers[1]?.rule).toMatchObject({ comparison: ">", limit: 2000, unit: "ms" })
  expect(playbook.rollback.options.map((option) => [option.capability, option.budget])).toEqual([
    ["promote_previous", "1m"],
    ["git_revert", "5m"],
    ["feature_flag", "1m"],
  ])
  expect(playbook.rollback.postActions).toHaveLength(6)
})

test("4 sign-off roles with 15 sub-items", () => {
  expect(playbook.signoffs.roles.map((role) => [role.role, role.items.length])).toEqual([
    ["tech_lead", 4],
    ["devops", 4],
    ["product", 3],
    ["security", 4],
  ])
})

test("incident: 5 stages, 4 severities, 3 escalation paths with the timers of the critical one", () => {
  expect(playbook.incident.stages).toHaveLength(5)
  expect(playbook.incident.severities).toHaveLength(4)
  expect(playbook.incident.escalation.map((path) => [path.severity, path.steps.length])).toEqual([
    ["critical", 4],
    ["high", 4],
    ["medium", 4],
  ])
  expect(playbook.incident.escalation[0]?.steps.map((step) => step.after)).toEqual(["0s", "5m", "10m", "15m"])
})

test("after go-live: 12 items in 3 bands, 5 and 5 thresholds, 5 common issues, 8 items for 72 hours", () => {
  expect(playbook.monitoring24h.bands.map((band) => [band.every, band.items.length])).toEqual([
    ["5m", 4],
    ["15m", 4],
    ["30m", 4],
  ])
  expect(playbook.thresholds.critical).toHaveLength(5)
  expect(playbook.thresholds.warning).toHaveLength(5)
  expect(playbook.runbook.issues).toHaveLength(5)
  expect(playbook.runbook.logs).toHaveLength(4)
  expect(playbook.after72h).toHaveLength(8)
})

test("a # inside prose did not cut it short as a comment", () => {
  expect(playbook.rollback.postActions[2]?.detail).toContain("#incident channel")
  expect(playbook.incident.stages[2]?.actions[0]).toBe("Post incident status in #incidents channel")
})

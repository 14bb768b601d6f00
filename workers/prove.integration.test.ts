import { afterAll, beforeAll, expect, test } from "vitest"
import { proofProgress } from "@/lib/domain/checklist/proof-progress"
import { patchItem } from "@/lib/server/checklist/patch-item"
import { proveItems } from "@/lib/server/checklist/prove-items"
import { abortDeploy } from "@/lib/server/deploy/abort-deploy"
import { startDeploy } from "@/lib/server/deploy/start-deploy"
import { env, forgetEnv } from "@/lib/server/env"
import { readGate } from "@/lib/server/gate/read-gate"
import { signRelease } from "@/lib/server/signoff/sign-release"
import { expectDone } from "@/lib/testing/world/releases"
import { startWorld, type World } from "@/lib/testing/world/start-world"
import { WORLD_PASSWORD } from "@/lib/testing/world/world-environment"

const HOUR_MS = 3_600_000
const signers = { tech_lead: "lead", devops: "devops", product: "product", security: "security" } as const
const rightTime = process.env.GOLIVE_CLOCK_OFFSET_MS

let world: World
beforeAll(async () => {
  world = await startWorld({ queue: "redis" })
}, 120_000)
afterAll(async () => {
  await world?.close()
  process.env.GOLIVE_CLOCK_OFFSET_MS = rightTime
  forgetEnv()
})

/** For this process and a worker of its own: the others must have ended. */
async function moveClock(byMs: number): Promise<void> {
  process.env.GOLIVE_CLOCK_OFFSET_MS = String(env().GOLIVE_CLOCK_OFFSET_MS + byMs)
  forgetEnv()
  await world.startWorker()
}

async function provedAndSigned(): Promise<string> {
  const id = await world.newRelease("1.1.0")
  const lead = await world.as("lead")
  const asked = expectDone(await proveItems(lead, id, { which: "all" })).result
  expect(asked?.itemKeys.length).toBeGreaterThanOrEqual(25)
  const state = await world.until(id, "all checks have ended", (s) => proofProgress(s)?.finishedAt != null, 120_000)
  const failed = Object.values(state.items).filter((item) => item.state === "failed" || item.checkTrouble)
  expect(failed.map(({ key, note, checkTrouble }) => `${key}: ${note ?? checkTrouble?.message}`)).toEqual([])
  const proved = Object.values(state.items).filter((item) => item.state === "passed")
  expect(proved.map(({ key }) => key).sort()).toEqual(asked?.itemKeys.toSorted())
  expect(proved.every(({ evidence }) => evidence?.kind === "check")).toBe(true)
  for (const { key, revision } of Object.values(state.items).filter((item) => item.state === "open")) {
    expectDone(await patchItem(lead, id, key, { state: "passed", revision, note: "Seen and confirmed" }))
  }
  for (const [role, name] of Object.entries(signers)) {
    const items = state.signoffs[role as keyof typeof signers]?.items.map(({ key }) => key) ?? []
    expectDone(await signRelease(await world.as(name), id, role, { password: WORLD_PASSWORD, items }))
  }
  return id
}

test("one act proves all items that can prove themselves; what has become stale closes the gate, and the start renews it", async () => {
  await world.startWorker()
  const id = await provedAndSigned()
  const devops = await world.as("devops")
  expect(expectDone(await readGate(devops, id))).toMatchObject({ go: true, blockers: [] })
  await world.stopWorkers()

  await moveClock(2 * HOUR_MS)
  const gate = expectDone(await readGate(devops, id))
  expect(gate.go).toBe(false)
  expect(gate.blockers.map(({ code, subject }) => `${code} ${subject}`)).toEqual(["checklist_stale health-endpoints"])
  expect(gate.renewable).toEqual(["health-endpoints"])

  const started = expectDone(await startDeploy(devops, id, {})).result
  expect(started?.renewing).toEqual(["health-endpoints"])
  expect(await startDeploy(devops, id, {})).toMatchObject({ ok: false, refusal: { code: "conflict" } })
  const state = await world.until(id, "the deployment has begun", ({ status }) => status === "deploying", 30_000)
  expect(state.runs[started?.runId ?? ""]).toMatchObject({ kind: "start", status: "passed" })
  // What was found is what had been found before: nobody has to sign again.
  expect(Object.values(state.signoffs).map(({ status }) => status)).toEqual(["signed", "signed", "signed", "signed"])
  const deploy = Object.values(state.runs).find(({ kind }) => kind === "deploy")
  expect(deploy?.by).toBe(devops.person?.name)
  expectDone(await abortDeploy(devops, id, {}))
  await world.until(id, "the deployment was aborted", ({ status }) => status === "preparing", 60_000)
}, 240_000)

test("a start whose proof cannot be renewed does not start, and says why", async () => {
  const id = await provedAndSigned()
  await world.stopWorkers()
  await moveClock(2 * HOUR_MS)
  await fetch(`${world.proxyUrl}/__faults`, { method: "POST", body: JSON.stringify({ errorRate: 1 }) })
  const devops = await world.as("devops")
  const started = expectDone(await startDeploy(devops, id, {})).result
  const state = await world.until(id, "the start has ended", (s) => s.runs[started?.runId ?? ""]?.finishedAt != null)
  expect(state.status).toBe("preparing")
  expect(state.runs[started?.runId ?? ""]).toMatchObject({
    status: "failed",
    outcome: expect.stringMatching(/^Not started: “Health check endpoints responding \(200 OK\)” failed: /),
  })
  expect(Object.values(state.runs).some(({ kind }) => kind === "deploy")).toBe(false)
  await fetch(`${world.proxyUrl}/__faults`, { method: "POST", body: JSON.stringify({ errorRate: 0 }) })
}, 240_000)

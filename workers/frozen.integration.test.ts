import { DateTime } from "luxon"
import { afterAll, beforeAll, expect, test } from "vitest"
import { deployRunInputSchema } from "@/lib/contracts/runs"
import { signoffRoles } from "@/lib/domain/access/roles"
import { createFreeze } from "@/lib/server/calendar/create-freeze"
import { endFreeze } from "@/lib/server/calendar/end-freeze"
import { patchItem } from "@/lib/server/checklist/patch-item"
import { databaseNow } from "@/lib/server/clock"
import { prisma } from "@/lib/server/db"
import { startDeploy } from "@/lib/server/deploy/start-deploy"
import { claimRun } from "@/lib/server/runs/claim-run"
import { readReleaseState } from "@/lib/server/runs/read-release-state"
import { signRelease } from "@/lib/server/signoff/sign-release"
import { closeConsole } from "@/lib/testing/world/close-console"
import { type ConsoleWorld, consoleWorld, worldPassword } from "@/lib/testing/world/console-world"
import { mayStillStart } from "./jobs/ask-the-gate"
import { ConsoleClock } from "./runtime/console-clock"
import { letInByWindow } from "./runtime/let-in-by-window"
import { RunContext, stepIn } from "./runtime/run-context"

let world: ConsoleWorld
beforeAll(async () => {
  const window = { days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], start: "00:00", end: "24:00", zone: "UTC" }
  world = await consoleWorld({ playbook: (written) => ({ ...written, window: window as typeof written.window }) })
})
afterAll(closeConsole)

/** A deployment that a worker of this process has claimed. */
async function claimed() {
  const id = await world.release()
  for (const item of Object.values((await readReleaseState(id)).items)) {
    await patchItem(world.ctx("tech_lead"), id, item.key, { revision: 0, state: "passed", note: "Seen" })
  }
  for (const role of signoffRoles) {
    const items = (await readReleaseState(id)).signoffs[role]?.items.map((item) => item.key)
    await signRelease(world.ctx(role), id, role, { password: worldPassword, items })
  }
  expect(await startDeploy(world.ctx("devops"), id, undefined)).toMatchObject({ ok: true })
  const { id: runId } = await prisma.run.findFirstOrThrow({ where: { releaseId: id, kind: "deploy" } })
  const run = await claimRun({ runId, workerId: "worker-test" })
  if (!run) throw new Error("the run was not there to be claimed")
  return { id, run, context: new RunContext(run, "worker-test", new ConsoleClock()) }
}

async function freeze(): Promise<string> {
  const now = DateTime.fromJSDate(await databaseNow(), { zone: "utc" })
  const wall = (at: DateTime) => at.toFormat("yyyy-MM-dd'T'HH:mm")
  const rule = { kind: "once", start: wall(now.minus({ minutes: 2 })), end: wall(now.plus({ hours: 1 })), zone: "UTC" }
  const body = { service: world.service.key, name: "Year end", reason: "Nobody is there", rule }
  const made = await createFreeze(world.ctx("tech_lead"), body)
  if (!made.ok) throw new Error(made.refusal.message)
  return made.value.freeze.id
}

test("a freeze that begins between the start and the worker ends the run before its first step", async () => {
  const { id, run, context } = await claimed()
  const freezeId = await freeze()
  expect(await mayStillStart(context, deployRunInputSchema.parse(run.input))).toBe(false)
  const state = await readReleaseState(id)
  expect(state.runs[run.id]).toMatchObject({ status: "cancelled", outcome: expect.stringContaining("Frozen until") })
  expect(state.status).toBe("preparing")
  await endFreeze(world.ctx("tech_lead"), freezeId, { reason: "Over" })
})

test("a freeze that begins while it runs: no new step of the deploy phase without a person's word", async () => {
  const { id, run, context } = await claimed()
  const input = deployRunInputSchema.parse(run.input)
  expect(await mayStillStart(context, input)).toBe(true)
  const step = input.steps.find(({ phase }) => phase === "deploy")
  const other = input.steps.find(({ phase }) => phase !== "deploy")
  if (!step || !other) throw new Error("the playbook has no such steps")
  const known = async (key: string) => stepIn(await readReleaseState(id), run.id, key)
  expect(await letInByWindow(context, step, await known(step.key))).toBe(true)
  await freeze()
  expect(await letInByWindow(context, other, await known(other.key)), "maintenance goes on").toBe(true)
  expect(await letInByWindow(context, step, await known(step.key))).toBe(false)
  expect(await known(step.key)).toMatchObject({
    status: "waiting",
    prompt: expect.stringMatching(/^Frozen until .*: Year end, Nobody is there \(by Person tech_lead\)\. Confirm/),
  })
  const confirmed = { by: "Dora", at: new Date().toISOString(), note: null }
  expect(await letInByWindow(context, step, { ...(await known(step.key)), confirmed })).toBe(true)
})

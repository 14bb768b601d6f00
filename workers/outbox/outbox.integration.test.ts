import { afterAll, afterEach, beforeAll, expect, test } from "vitest"
import { environmentConfigSchema } from "@/lib/domain/environment/config"
import { withRelease } from "@/lib/server/commit/with-release"
import { prisma } from "@/lib/server/db"
import { claimMessage } from "@/lib/server/outbox/claim-message"
import { putSecret } from "@/lib/server/secrets/put-secret"
import { type Forge, forgeToken, startForge } from "@/lib/testing/servers/start-forge"
import { closeConsole } from "@/lib/testing/world/close-console"
import { type ConsoleWorld, consoleWorld } from "@/lib/testing/world/console-world"
import { startOutboxClock } from "./outbox-clock"

let world: ConsoleWorld
let forge: Forge
const clocks: (() => Promise<void>)[] = []

beforeAll(async () => {
  world = await consoleWorld()
  forge = await startForge()
  await setForge({ url: forge.url, owner: "acme", repository: "shop", token: "{{secret.GITHUB_TOKEN}}" })
})
afterEach(async () => {
  for (const stop of clocks.splice(0)) await stop()
})
afterAll(async () => {
  await forge.close()
  await closeConsole()
})

async function setForge(config: object): Promise<void> {
  const { config: now } = await prisma.environment.findUniqueOrThrow({ where: { id: world.environment.id } })
  const changed = {
    ...environmentConfigSchema.parse(now),
    allowPrivateNetwork: true,
    forge: { kind: "github", config },
  }
  await prisma.environment.update({ where: { id: world.environment.id }, data: { config: changed as object } })
}

const owed = (releaseId: string) => prisma.outbox.findMany({ where: { releaseId }, orderBy: { seq: "asc" } })
const actor = { type: "console", reason: "test" } as const

/** What a deployment commits, without the deployment. */
async function deployAndFail(id: string, runId: string): Promise<void> {
  const queued = { runId, kind: "deploy" as const, itemKey: null, notBefore: null, steps: [] as never[] }
  await withRelease(id, () => ({ ok: true, events: [{ type: "run.queued", actor, data: queued }] }), {
    lockEnvironment: true,
  })
  const finished = { runId, status: "failed", outcome: "The build failed" } as const
  await withRelease(id, () => ({ ok: true, events: [{ type: "run.finished", actor, data: finished }] }), {
    lockEnvironment: true,
  })
}

test("reports are owed with the change, wait in order for a token that is missing, and arrive once", async () => {
  const id = await world.release()
  await deployAndFail(id, crypto.randomUUID())
  expect((await owed(id)).map(({ kind, lane }) => [kind, lane])).toEqual(
    Array(2).fill(["deployment_report", `deployment_report:${id}`]),
  )
  clocks.push(startOutboxClock())
  await expect.poll(async () => (await owed(id))[0]?.lastError, { timeout: 10_000 }).toMatch(/GITHUB_TOKEN/)
  expect((await owed(id))[1], "what follows waits for it").toMatchObject({ attempts: 0 })
  expect(forge.deployments).toHaveLength(0)

  const place = { service: world.service.key, environment: world.environment.key }
  const put = await putSecret(world.ctx("admin"), { ...place, name: "GITHUB_TOKEN" }, { value: forgeToken })
  expect(put.ok).toBe(true)
  await prisma.outbox.updateMany({ where: { releaseId: id }, data: { nextTryAt: new Date(0) } })
  clocks.push(startOutboxClock())
  await expect
    .poll(async () => (await owed(id)).every(({ deliveredAt }) => deliveredAt), { timeout: 20_000 })
    .toBe(true)
  expect(forge.deployments).toHaveLength(1)
  expect(forge.deployments[0]?.states).toEqual(["in_progress", "failure"])
  expect(forge.deployments[0]?.descriptions[1]).toBe("The build failed")
})

test("a worker that died with a message in hand: it is sent again, and makes no second deployment", async () => {
  const id = await world.release()
  const before = forge.deployments.length
  await deployAndFail(id, crypto.randomUUID())
  const claimed = await claimMessage(["deployment_report"], 1)
  expect(claimed?.releaseId).toBe(id)
  await expect
    .poll(() => claimMessage(["deployment_report"], 60_000), { message: "its lease is over, the lane waits" })
    .toMatchObject({
      id: claimed?.id,
    })
  await prisma.outbox.updateMany({ where: { releaseId: id }, data: { leaseUntil: new Date(0) } })
  clocks.push(startOutboxClock(), startOutboxClock())
  await expect
    .poll(async () => (await owed(id)).every(({ deliveredAt }) => deliveredAt), { timeout: 20_000 })
    .toBe(true)
  expect(forge.deployments).toHaveLength(before + 1)
})

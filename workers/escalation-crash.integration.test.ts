import { afterAll, beforeAll, expect, test } from "vitest"
import { verifyChain } from "@/lib/server/audit/verify-timeline"
import { prisma } from "@/lib/server/db"
import { env } from "@/lib/server/env"
import { closeConsole } from "@/lib/testing/world/close-console"
import { type ConsoleWorld, consoleWorld } from "@/lib/testing/world/console-world"
import { incidentWorld, slowCountdown } from "@/lib/testing/world/incident-world"
import { startWorker, type WorkerProcess } from "@/lib/testing/world/start-worker"

const MINUTE_MS = 60_000
let world: ConsoleWorld
const story = incidentWorld(() => world)
const running = new Set<WorkerProcess>()

beforeAll(async () => {
  world = await consoleWorld({ playbook: slowCountdown })
})
afterAll(async () => {
  for (const worker of running) worker.signal("SIGKILL")
  await closeConsole()
})

/** A worker as it would be so many minutes later. */
async function workerAfter(minutes: number): Promise<WorkerProcess> {
  const offsetMs = env().GOLIVE_CLOCK_OFFSET_MS + minutes * MINUTE_MS
  const worker = await startWorker({
    directory: env().GOLIVE_DATA_DIR,
    env: { GOLIVE_CLOCK_OFFSET_MS: String(offsetMs) },
  })
  running.add(worker)
  return worker
}

test("killed and started again between every two levels: each level fires once", async () => {
  await story.onCall("on-call", "ops")
  await story.onCall("backend-lead", "tech_lead")
  await story.onCall("cto", "admin")
  const id = await story.live()
  const incidentId = await story.declare(id)
  const expected = [
    [0, "paged waiting waiting waiting"],
    [5, "paged paged waiting waiting"],
    [10, "paged paged acted waiting"],
    [15, "paged paged acted paged"],
  ] as const
  for (const [minutes, turns] of expected) {
    const worker = await workerAfter(minutes)
    await expect.poll(async () => (await story.turns(id, incidentId)).join(" "), { timeout: 60_000 }).toBe(turns)
    worker.signal("SIGKILL")
    expect(await worker.exited).toBe("SIGKILL")
    running.delete(worker)
  }
  expect(await story.paged(id)).toEqual([
    "page on-call: Person ops",
    "page backend-lead: Person tech_lead",
    "page cto: Person admin",
  ])
  const types = (await story.events(id)).map(({ type }) => type)
  expect(types.filter((type) => type === "rollback.countdown_started")).toHaveLength(1)
  expect(await prisma.run.count({ where: { releaseId: id, kind: "rollback" } })).toBe(1)
  expect((await verifyChain(id)).ok).toBe(true)
}, 180_000)

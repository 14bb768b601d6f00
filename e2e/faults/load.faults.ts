import { Agent, request } from "node:http"
import { setTimeout as delay } from "node:timers/promises"
import { afterAll, beforeAll, expect, test } from "vitest"
import { startDeploy } from "@/lib/server/deploy/start-deploy"
import { unlockEnvironment } from "@/lib/server/environment/unlock-environment"
import { closeRelease } from "@/lib/server/releases/close-release"
import { startRollback } from "@/lib/server/rollback/start-rollback"
import { expectDone } from "@/lib/testing/world/releases"
import { startWorld, type World } from "@/lib/testing/world/start-world"

const ROUNDS = Number(process.env.LOAD_ROUNDS ?? 10)
const EVERY_MS = 10

let world: World
beforeAll(async () => {
  world = await startWorld({ queue: "postgres" })
  await world.startWorker()
}, 120_000)
afterAll(() => world?.close())

/** A request every few milliseconds, each on a connection of its own half of the time, and what came of them. */
function startLoad(url: string) {
  const kept = new Agent({ keepAlive: true })
  const seen = { answered: 0, maintenance: 0, refused: [] as string[], bad: [] as string[] }
  let n = 0
  const open = new Set<Promise<void>>()
  const one = (own: boolean) =>
    new Promise<void>((resolve) => {
      const path = ["/", "/health", "/api/ping", "/api/auth/status"][n % 4]
      const asked = request(`${url}${path}`, { agent: own ? false : kept, timeout: 30_000 }, (answer) => {
        let body = ""
        answer.on("data", (chunk) => {
          body += chunk
        })
        answer.on("close", resolve)
        answer.on("end", () => {
          const status = answer.statusCode ?? 0
          if (status === 503 && body.includes("maintenance")) seen.maintenance += 1
          else if (status >= 500) seen.bad.push(`${path}: ${status} ${body.slice(0, 80)}`)
          else seen.answered += 1
        })
        answer.on("error", (error) => seen.refused.push(`${path}: ${error.message}`))
      })
      asked.on("error", (error) => {
        seen.refused.push(`${path}: ${error.message}`)
        resolve()
      })
      asked.end()
    })
  const timer = setInterval(() => {
    n += 1
    const asking = one(n % 2 === 0).finally(() => open.delete(asking))
    open.add(asking)
  }, EVERY_MS)
  return async () => {
    clearInterval(timer)
    await Promise.all([...open])
    kept.destroy()
    return seen
  }
}

test(`${ROUNDS} deployments and ${ROUNDS} rollbacks under load: no refused connection, no 5xx but the maintenance page`, {
  timeout: ROUNDS * 90_000,
}, async () => {
  const before = (await world.host.state()).switches.length
  const stop = startLoad(world.proxyUrl)
  for (let round = 0; round < ROUNDS; round += 1) {
    const id = await world.readyRelease("1.1.0")
    expectDone(await startDeploy(await world.as("devops"), id, {}))
    await world.until(id, "it is watched", ({ status }) => status === "watching", 60_000)
    expectDone(await startRollback(await world.as("ops"), id, { reason: "Exercise" }))
    await world.until(id, "it is rolled back", ({ status }) => status === "rolled_back", 60_000)
    const where = { service: "postd", environment: "production" }
    expectDone(await unlockEnvironment(await world.as("devops"), where, { reason: "Next round" }))
    expectDone(await closeRelease(await world.as("lead"), id, { note: "Exercise" }))
  }
  await delay(200)
  const seen = await stop()
  console.log(`requests under load: ${JSON.stringify({ ...seen, refused: seen.refused.length, bad: seen.bad.length })}`)
  expect((await world.host.state()).switches.length - before).toBe(2 * ROUNDS)
  expect([seen.refused, seen.bad]).toEqual([[], []])
  expect(seen.answered).toBeGreaterThan(ROUNDS * 100)
  expect(seen.maintenance).toBeGreaterThan(0)
})

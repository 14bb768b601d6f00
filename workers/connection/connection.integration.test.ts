import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, afterEach, beforeAll, expect, test } from "vitest"
import type { ConnectionTestView, EnvironmentView } from "@/lib/contracts/api/environments"
import type { ReleaseChanges } from "@/lib/domain/changes/release-changes"
import { readChanges } from "@/lib/server/changes/read-changes"
import { runGit } from "@/lib/server/checkout/run-git"
import { prisma } from "@/lib/server/db"
import { askConnectionTest } from "@/lib/server/environment/ask-connection-test"
import { putConfig } from "@/lib/server/environment/put-config"
import { readConnectionTest } from "@/lib/server/environment/read-connection-test"
import { readEnvironment } from "@/lib/server/environment/read-environment"
import { claimConnectionTest, finishConnectionTest } from "@/lib/server/environment/work-connection-test"
import { createRelease } from "@/lib/server/releases/create-release"
import { putSecret } from "@/lib/server/secrets/put-secret"
import { closeConsole } from "@/lib/testing/world/close-console"
import { type ConsoleWorld, consoleWorld } from "@/lib/testing/world/console-world"
import { startConnectionClock } from "./connection-clock"

const TOKEN = "s3cr3t-platform-token"
let world: ConsoleWorld
let place: { service: string; environment: string }
let folder: string
let service: Server
let first: string
let stopClock: (() => Promise<void>) | null = null

beforeAll(async () => {
  world = await consoleWorld()
  place = { service: world.service.key, environment: world.environment.key }
  folder = await mkdtemp(join(tmpdir(), "golive-connection-"))
  service = createServer((_, response) => response.end("ok"))
  await new Promise<void>((resolve) => service.listen(0, "127.0.0.1", resolve))
  const { signal } = new AbortController()
  first = (await runGit(["rev-parse", "HEAD"], { directory: world.repository, signal })).trim()
  await writeFile(join(folder, "live.json"), JSON.stringify({ deploymentId: "d-1", version: "1.0.0", commit: first }))
})
afterEach(async () => {
  await stopClock?.()
  stopClock = null
})
afterAll(async () => {
  service.close()
  await rm(folder, { recursive: true, force: true })
  await closeConsole()
})

const live = () => ["cat", join(folder, "live.json")]
function config(change: { live?: string[]; baseUrl?: string; timeoutMs?: number } = {}) {
  const { port } = service.address() as AddressInfo
  return {
    baseUrl: change.baseUrl ?? `http://127.0.0.1:${port}/`,
    repository: world.repository,
    strategy: {
      kind: "command",
      config: {
        deploy: ["true"],
        live: change.live ?? live(),
        promote: ["true"],
        env: { TOKEN: "{{secret.PLATFORM}}" },
      },
    },
    maintenance: { kind: "flag-file", config: { path: join(folder, "flag") }, message: "Back soon." },
    allowPrivateNetwork: true,
  }
}
async function seen(person: "admin" | "ops" = "admin"): Promise<EnvironmentView> {
  const answer = await readEnvironment(world.ctx(person), place)
  if (!answer.ok) throw new Error(answer.refusal.message)
  return answer.value
}
async function tested(body: unknown = {}): Promise<ConnectionTestView> {
  const asked = await askConnectionTest(world.ctx("devops"), place, body)
  if (!asked.ok) throw new Error(asked.refusal.message)
  const at = { ...place, test: asked.value.test.id }
  const answer = await readConnectionTest(world.ctx("devops"), at, { waitSeconds: "20" }, new AbortController().signal)
  if (!answer.ok) throw new Error(answer.refusal.message)
  return answer.value.test
}
const outcome = (test: ConnectionTestView) =>
  Object.fromEntries(test.findings?.parts.map(({ key, ok }) => [key, ok]) ?? [])

test("settings are changed by those who may, field by field, and a stale page changes nothing", async () => {
  const admin = world.ctx("admin")
  const { configRevision: revision } = await seen()
  for (const [change, field] of [
    [{ strategy: { kind: "magic", config: {} } }, "config.strategy.kind"],
    [
      { strategy: { kind: "command", config: { deploy: [], live: ["x"], promote: ["x"] } } },
      "config.strategy.config.deploy",
    ],
    [
      { maintenance: { kind: "flag-file", config: { path: "relative" }, message: "x" } },
      "config.maintenance.config.path",
    ],
    [{ baseUrl: "file:///etc/passwd" }, "config.baseUrl"],
    [{ probe: { ratePerSecond: 1e9 } }, "config.probe.ratePerSecond"],
    [{ unknown: 1 }, "config.unknown"],
  ] as const) {
    const refusedChange = await putConfig(admin, place, { revision, config: { ...config(), ...change } })
    expect(refusedChange).toMatchObject({ ok: false, refusal: { code: "invalid", field } })
  }
  expect((await seen()).configRevision).toBe(revision)
  expect(await putConfig(world.ctx("tech_lead"), place, { revision, config: config() })).toMatchObject({
    refusal: { code: "forbidden" },
  })
  expect(await putConfig(admin, place, { revision, config: config() })).toMatchObject({
    value: { revision: revision + 1 },
  })
  expect(await putConfig(admin, place, { revision, config: config({ baseUrl: "http://127.0.0.1:2/" }) })).toMatchObject(
    {
      refusal: { code: "stale", detail: { current: { revision: revision + 1 } } },
    },
  )
  expect((await seen()).config?.baseUrl).toBe(config().baseUrl)
  expect((await seen("ops")).config).toBeNull()
  const recorded = await prisma.securityEvent.findFirst({ where: { type: "environment.configured" } })
  expect(recorded?.data).toMatchObject({ changed: expect.arrayContaining(["strategy", "maintenance"]) })
})

test("a look at the platform finds what is live; each part that fails is said by itself, without secrets", async () => {
  stopClock = startConnectionClock()
  const missing = await tested()
  expect(outcome(missing)).toEqual({
    secrets: false,
    platform: false,
    maintenance: true,
    service: true,
    repository: true,
    figures: true,
  })
  expect(missing).toMatchObject({ status: "failed" })
  expect(missing.findings?.live).toBeUndefined()

  await putSecret(world.ctx("admin"), { ...place, name: "PLATFORM" }, { value: TOKEN })
  const whole = await tested()
  expect(outcome(whole)).toEqual({
    secrets: true,
    platform: true,
    maintenance: true,
    service: true,
    repository: true,
    figures: true,
  })
  expect(whole.findings?.live).toEqual({ deploymentId: "d-1", version: "1.0.0", commit: first })
  expect(await seen()).toMatchObject({
    live: { how: "found", version: { version: "1.0.0" } },
    lastTest: { status: "passed" },
  })

  const told = ["sh", "-c", 'echo "platform says $TOKEN" >&2; exit 3']
  const draft = await tested({ config: config({ live: told, baseUrl: "http://127.0.0.1:1/" }) })
  expect(outcome(draft)).toMatchObject({ platform: false, service: false, repository: true, figures: false })
  expect(JSON.stringify(draft)).not.toContain(TOKEN)

  const query = { url: config().baseUrl, queries: { db_pool: { query: "no_such_metric" } } }
  const blind = await tested({ config: { ...config(), sources: [{ kind: "prometheus", config: query }] } })
  expect(outcome(blind)).toMatchObject({ figures: false })
  expect(blind.findings?.parts.find(({ key }) => key === "figures")?.words).toMatch(
    /^Database pool in use \(Prometheus\)/,
  )
  // A draft says nothing about what the environment has.
  expect(await seen()).toMatchObject({ live: { version: { version: "1.0.0" } }, lastTest: { id: whole.id } })
})

test("who may ask, and for what", async () => {
  expect(await askConnectionTest(world.ctx("ops"), place, {})).toMatchObject({ refusal: { code: "forbidden" } })
  expect(await askConnectionTest(world.ctx("tech_lead"), place, { config: config() })).toMatchObject({
    refusal: { code: "forbidden" },
  })
  expect(await askConnectionTest(world.tokenCtx("devops", ["read"]), place, {})).toMatchObject({
    refusal: { code: "forbidden" },
  })
  const { signal } = new AbortController()
  const elsewhere = await consoleWorld()
  const { id } = await prisma.connectionTest.findFirstOrThrow({ where: { environmentId: world.environment.id } })
  const other = { service: elsewhere.service.key, environment: elsewhere.environment.key }
  for (const at of [
    { ...other, test: id },
    { ...place, test: "no-id" },
  ]) {
    const ctx = at.test === id ? elsewhere.ctx("devops") : world.ctx("devops")
    expect(await readConnectionTest(ctx, at, {}, signal)).toMatchObject({ refusal: { code: "not_found" } })
  }
})

test("two workers never take the same; a worker that is too late writes nothing; no more than a few may wait", async () => {
  await prisma.connectionTest.updateMany({
    where: { finishedAt: null },
    data: { status: "failed", finishedAt: new Date() },
  })
  for (let n = 0; n < 5; n += 1) expect((await askConnectionTest(world.ctx("devops"), place, {})).ok).toBe(true)
  expect(await askConnectionTest(world.ctx("devops"), place, {})).toMatchObject({ refusal: { code: "rate_limited" } })
  const taken = await Promise.all(Array.from({ length: 8 }, () => claimConnectionTest(300)))
  const ids = taken.flatMap((one) => one?.id ?? [])
  expect([ids.length, new Set(ids).size]).toEqual([5, 5])
  const late = taken.find((one) => one !== null)
  if (!late) throw new Error("nothing was claimed")
  await expect.poll(() => claimConnectionTest(60_000)).toMatchObject({ id: expect.any(String) })
  await expect.poll(async () => (await claimConnectionTest(60_000)) === null).toBe(true)
  expect(await finishConnectionTest(late, { parts: [] })).toBe(false)
  await prisma.connectionTest.updateMany({
    where: { finishedAt: null },
    data: { status: "failed", finishedAt: new Date() },
  })
})

test("a release is compared with what was found live, before anything of it was deployed", async () => {
  stopClock = startConnectionClock()
  const { signal } = new AbortController()
  const git = (...args: string[]) => runGit(args, { directory: world.repository, signal })
  await writeFile(join(world.repository, "feature.txt"), "new")
  await git("add", "--all")
  await git("-c", "user.name=Nia", "-c", "user.email=n@example.com", "commit", "--quiet", "-m", "A feature")
  const made = await createRelease(world.ctx("tech_lead"), { ...place, version: "1.2.0", ref: "main" })
  if (!made.ok) throw new Error(made.refusal.message)
  const { id } = made.value.release
  const changes = async (): Promise<ReleaseChanges> => {
    const answer = await readChanges(world.ctx("ops"), id)
    if (!answer.ok) throw new Error(answer.refusal.message)
    return answer.value
  }
  expect(await changes()).toMatchObject({
    from: { version: "1.0.0", commit: first },
    comparison: { straight: true, commitCount: 1, commits: [{ subject: "A feature", author: "Nia" }] },
    codeOnlyRollback: { safe: true },
    words: null,
  })
  expect(await readChanges(world.nobody, id)).toMatchObject({ refusal: { code: "unauthenticated" } })
})

test("where there is nothing to compare with, that is said", async () => {
  const empty = await consoleWorld()
  const answer = await readChanges(empty.ctx("ops"), await empty.release())
  expect(answer).toMatchObject({
    value: { comparison: null, words: expect.stringContaining("Nothing is known to be live") },
  })
})

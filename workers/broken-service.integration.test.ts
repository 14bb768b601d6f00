import { rm } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { proofProgress } from "@/lib/domain/checklist/proof-progress"
import type { ReleaseState } from "@/lib/domain/release/state"
import { proveItems } from "@/lib/server/checklist/prove-items"
import { prisma } from "@/lib/server/db"
import { createRelease } from "@/lib/server/releases/create-release"
import type { SetTls } from "@/lib/strategies/local/host/contract"
import { expectDone } from "@/lib/testing/world/releases"
import { startWorld, type World } from "@/lib/testing/world/start-world"
import { codeDrills, workingFolder } from "./broken-service.fixture"

/*
 * The sample service is broken in one way after another; each time exactly the items that promise the opposite fail, and
 * say what was expected and what was found. At the end everything is broken at once that can be, and all items are proved.
 */

/** Proved in each drill, along with what it breaks: they take no time. */
const QUICK_LIVE = ["cors-policy", "security-headers", "https-certificates", "tls-version", "rate-limiting"]
const QUICK_CODE = [
  ...["oauth-credentials", "env-file-complete", "external-api-keys", "datadog-api-key", "sendgrid-api-key"],
  ...["sentry-dsn", "node-env-production", "code-on-main", "bundle-size"],
]

let world: World
let folder: ReturnType<typeof workingFolder>
let live: string
beforeAll(async () => {
  world = await startWorld({ queue: "postgres" })
  folder = workingFolder(world.repository.directory)
  await world.startWorker()
  live = await world.newRelease("1.1.0")
}, 120_000)
afterAll(() => world?.close())

interface Found {
  proved: string[]
  failed: string[]
  /** By item: what was expected and found where it is not so. */
  rows: Record<string, string>
}

/** Proves the items that are named, or all of them, and answers with what failed. */
async function prove(id: string, items?: string[]): Promise<Found> {
  const asked = expectDone(await proveItems(await world.as("lead"), id, { which: "all", items })).result
  const keys = asked?.itemKeys ?? []
  if (items) expect(keys.toSorted()).toEqual([...new Set(items)].sort())
  const state = await world.until(id, "all checks have ended", isProved(asked?.proofId), 120_000)
  const proved = keys.flatMap((key) => state.items[key] ?? [])
  const troubles = proved.flatMap(({ key, checkTrouble }) => (checkTrouble ? [`${key}: ${checkTrouble.message}`] : []))
  expect(troubles).toEqual([])
  const failed = proved.filter((item) => item.state === "failed")
  expect(proved.filter((item) => item.state === "passed")).toHaveLength(keys.length - failed.length)
  const rows = await Promise.all(failed.map(async ({ key, evidence }) => [key, await badRows(evidence?.id)] as const))
  return { proved: keys, failed: failed.map(({ key }) => key).sort(), rows: Object.fromEntries(rows) }
}

const isProved = (proofId: string | undefined) => (state: ReleaseState) =>
  state.proof?.id === proofId && proofProgress(state)?.finishedAt != null

async function badRows(evidenceId: string | undefined): Promise<string> {
  const { blocks } = await prisma.evidence.findUniqueOrThrow({ where: { id: evidenceId ?? "" } })
  const [table] = blocks as { rows: string[][]; verdicts: string[] }[]
  const bad = (table?.rows ?? []).filter((_, i) => table?.verdicts[i] === "bad")
  return bad.map((cells) => cells.join(" | ")).join("\n")
}

function expectFailed(found: Found, fails: Record<string, RegExp>): void {
  expect(found.failed).toEqual(Object.keys(fails).sort())
  for (const [item, says] of Object.entries(fails)) expect(found.rows[item], item).toMatch(says)
}

async function fault(faults: Record<string, unknown>): Promise<void> {
  const answer = await fetch(`${world.proxyUrl}/__faults`, { method: "POST", body: JSON.stringify(faults) })
  expect(answer.status).toBe(200)
}

async function releaseOf(ref: string): Promise<string> {
  const body = { service: "postd", environment: "production", version: "1.1.0", ref }
  return expectDone(await createRelease(await world.as("lead"), body)).release.id
}

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString()

test("nothing is broken: nothing fails", async () => {
  const found = await prove(live)
  expect(found).toMatchObject({ failed: [], rows: {} })
  expect(found.proved.length).toBeGreaterThanOrEqual(25)
}, 180_000)

const missing = (header: string) => new RegExp(`^Header ${header} \\| .+ \\| missing`, "im")

test.each<[what: string, broken: Record<string, unknown>, mended: Record<string, unknown>, item: string, says: RegExp]>(
  [
    ...["X-Frame-Options", "Strict-Transport-Security", "Content-Security-Policy"].map(
      (name): [string, Record<string, unknown>, Record<string, unknown>, string, RegExp] => [
        `the header ${name} is missing`,
        { dropHeader: name },
        { dropHeader: "" },
        "security-headers",
        missing(name),
      ],
    ),
    [
      "CORS lets nobody in",
      { dropHeader: "Access-Control-Allow-Origin" },
      { dropHeader: "" },
      "cors-policy",
      /^CORS origin \| https:\/\/postd\.example \| none allowed$/m,
    ],
    [
      "CORS lets everybody in",
      { openCors: true },
      { openCors: false },
      "cors-policy",
      /^CORS of a foreign origin \| .+ not allowed \| .+ allowed$/,
    ],
    [
      "nobody counts attempts",
      { noRateLimit: true },
      { noRateLimit: false },
      "rate-limiting",
      /Status 429, .+ \| none of 40 × 401/,
    ],
  ],
)(
  "%s",
  async (_, broken, mended, item, says) => {
    await fault(broken)
    expectFailed(await prove(live, QUICK_LIVE).finally(() => fault(mended)), { [item]: says })
  },
  60_000,
)

test("the pool is too small", async () => {
  await fault({ smallPool: true })
  // The front page is left out: it needs a connection of the same pool, and may or may not get one.
  const items = [...QUICK_LIVE.filter((key) => key !== "security-headers"), "connection-pool-load"]
  const found = await prove(live, items).finally(() => fault({ smallPool: false }))
  expectFailed(found, { "connection-pool-load": /^Status of all \| 200 \| .*\d+ × 500/m })
}, 60_000)

test.each<[what: string, tls: SetTls, item: string, says: RegExp]>([
  ["the certificate has expired", { notAfter: daysAgo(1) }, "https-certificates", /expired/i],
  ["the certificate is for somebody else", { names: ["other.example"] }, "https-certificates", /other\.example/],
  ["TLS 1.0 is offered", { minVersion: "TLSv1" }, "tls-version", /TLS 1\.0/],
])(
  "%s",
  async (_, tls, item, says) => {
    const { names, minVersion } = await world.host.tls()
    await world.host.setTls(tls)
    const found = await prove(live, QUICK_LIVE).finally(() => world.host.setTls({ names, minVersion }))
    expectFailed(found, { [item]: says })
  },
  60_000,
)

test.each(codeDrills)(
  "$what",
  async (drill) => {
    const ref = await folder.commit([drill], `drill-${codeDrills.indexOf(drill)}`)
    await folder.push()
    const found = await prove(await releaseOf(ref), [...QUICK_CODE, ...Object.keys(drill.fails)])
    await folder.revert()
    await folder.push()
    expectFailed(found, drill.fails)
  },
  90_000,
)

test("a secret that was taken out again is still in the history", async () => {
  await folder.git("tag", "drill-taken-out")
  await folder.push()
  const found = await prove(await releaseOf("drill-taken-out"), ["database-credentials-vault", "code-on-main"])
  expectFailed(found, { "database-credentials-vault": /^src\/upload\.js \(in its history\) \| no secret \| aws: / })
}, 60_000)

test("the tree is dirty", async () => {
  await folder.write({ "left-over.txt": "somebody was in a hurry\n" })
  const found = await prove(live, ["code-on-main", "datadog-api-key"])
  await rm(join(world.repository.directory, "left-over.txt"))
  expectFailed(found, { "code-on-main": /left-over\.txt/ })
}, 60_000)

test("everything at once that can be: all others pass", async () => {
  const id = await releaseOf(await folder.commit(codeDrills, "drill-all"))
  await fault({
    ...{ dropHeader: "X-Frame-Options", openCors: true, noRateLimit: true, smallPool: true, stuckQueue: true },
    ...{ slowPath: "/health", delayMs: 8_000 },
  })
  await world.host.setTls({ notAfter: daysAgo(1), minVersion: "TLSv1" })
  const found = await prove(id)
  expectFailed(found, {
    ...Object.assign({}, ...codeDrills.map(({ fails }) => fails)),
    "code-on-main": /pushed/i,
    "cors-policy": /^CORS of a foreign origin/,
    "security-headers": missing("X-Frame-Options"),
    "https-certificates": /expired/i,
    "tls-version": /TLS 1\.0/,
    "rate-limiting": /none of 40 × 401/,
    "connection-pool-load": /\d+ × 500/,
    "queue-load": /^Output \| contains , 0 left in the queue \| /m,
    "health-endpoints": /^Output \| contains health: GET \/health is 200|^Exit code \| 0 \| 1$/m,
  })
  expect(found.proved.filter((key) => !found.failed.includes(key)).sort()).toEqual([
    ...["build-successful", "datadog-api-key", "node-env-production", "oauth-credentials", "recovery-plan"],
    ...["sendgrid-api-key", "typecheck-passed", "user-announcement"],
  ])
}, 180_000)

import { execFile } from "node:child_process"
import { mkdir, readFile, rm, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { promisify } from "node:util"
import { afterAll, beforeAll, expect, test } from "vitest"
import { proofProgress } from "@/lib/domain/checklist/proof-progress"
import type { ReleaseState } from "@/lib/domain/release/state"
import { proveItems } from "@/lib/server/checklist/prove-items"
import { prisma } from "@/lib/server/db"
import { createRelease } from "@/lib/server/releases/create-release"
import { expectDone } from "@/lib/testing/world/releases"
import { startWorld, type World } from "@/lib/testing/world/start-world"

/*
 * The sample service is broken in one way after another; each time exactly the items that promise the opposite fail, and
 * say what was expected and what was found.
 */
const LIVE = [
  "cors-policy",
  "security-headers",
  "https-certificates",
  "tls-version",
  "connection-pool-load",
  "queue-load",
  "health-endpoints",
  "rate-limiting",
]
const run = promisify(execFile)

let world: World
let live: string
beforeAll(async () => {
  world = await startWorld({ queue: "postgres" })
  await world.startWorker()
  live = await world.newRelease("1.1.0")
}, 120_000)
afterAll(() => world?.close())

interface Found {
  failed: string[]
  /** By item: what was expected and found where it is not so. */
  rows: Record<string, string>
}

/** Proves the items that are named, or all but the live ones, and answers with what failed. */
async function prove(id: string, body: { items?: string[] } = {}): Promise<Found> {
  const asked = expectDone(await proveItems(await world.as("lead"), id, { which: "all", ...body })).result
  expect(asked?.itemKeys.length).toBeGreaterThan(0)
  const state = await world.until(id, "all checks have ended", isProved(asked?.proofId), 120_000)
  const items = (asked?.itemKeys ?? []).flatMap((key) => state.items[key] ?? [])
  expect(items.flatMap(({ key, checkTrouble }) => (checkTrouble ? [`${key}: ${checkTrouble.message}`] : []))).toEqual(
    [],
  )
  const failed = items.filter((item) => item.state === "failed")
  const rows = await Promise.all(failed.map(async ({ key, evidence }) => [key, await badRows(evidence?.id)] as const))
  return { failed: failed.map(({ key }) => key), rows: Object.fromEntries(rows) }
}

const isProved = (proofId: string | undefined) => (state: ReleaseState) =>
  state.proof?.id === proofId && proofProgress(state)?.finishedAt != null

async function badRows(evidenceId: string | undefined): Promise<string> {
  const { blocks } = await prisma.evidence.findUniqueOrThrow({ where: { id: evidenceId ?? "" } })
  const [table] = blocks as { rows: string[][]; verdicts: string[] }[]
  return (table?.rows ?? [])
    .filter((_, i) => table?.verdicts[i] === "bad")
    .map((cells) => cells.join(" | "))
    .join("\n")
}

async function fault(faults: Record<string, unknown>): Promise<void> {
  const answer = await fetch(`${world.proxyUrl}/__faults`, { method: "POST", body: JSON.stringify(faults) })
  expect(answer.status).toBe(200)
}

test("nothing is broken: nothing fails", async () => {
  expect(await prove(live)).toEqual({ failed: [], rows: {} })
}, 180_000)

test.each<[what: string, Record<string, unknown>, mend: Record<string, unknown>, item: string, says: RegExp]>([
  [
    "a security header is missing",
    { dropHeader: "X-Frame-Options" },
    { dropHeader: "" },
    "security-headers",
    /X-Frame-Options/i,
  ],
  [
    "CORS lets nobody in",
    { dropHeader: "Access-Control-Allow-Origin" },
    { dropHeader: "" },
    "cors-policy",
    /Access-Control-Allow-Origin|origin/i,
  ],
  [
    "an endpoint is slow",
    { delayMs: 8_000, slowPath: "/health" },
    { delayMs: 0, slowPath: "" },
    "health-endpoints",
    /.+/,
  ],
  ["jobs are stuck", { stuckQueue: true }, { stuckQueue: false }, "queue-load", /.+/],
  ["nobody counts attempts", { noRateLimit: true }, { noRateLimit: false }, "rate-limiting", /429/],
  ["the pool is too small", { smallPool: true }, { smallPool: false }, "connection-pool-load", /.+/],
])(
  "%s",
  async (_, broken, mended, item, says) => {
    await fault(broken)
    const found = await prove(live, { items: LIVE }).finally(() => fault(mended))
    expect(found.failed).toEqual([item])
    expect(found.rows[item]).toMatch(says)
  },
  120_000,
)

test("the certificate has expired", async () => {
  await world.host.setTls({ notAfter: new Date(Date.now() - 86_400_000).toISOString() })
  const found = await prove(live, { items: LIVE }).finally(() => world.host.setTls({}))
  expect(found.failed).toEqual(["https-certificates"])
  expect(found.rows["https-certificates"]).toMatch(/expired/i)
}, 120_000)

test("TLS 1.0 is offered", async () => {
  await world.host.setTls({ minVersion: "TLSv1" })
  const found = await prove(live, { items: LIVE }).finally(() => world.host.setTls({ minVersion: "TLSv1.2" }))
  expect(found.failed).toEqual(["tls-version"])
  expect(found.rows["tls-version"]).toMatch(/TLS 1\.0/)
}, 120_000)

/** Text with what looks like a key in it, put together here so that nobody takes this file for a leak. */
const PLANTED_KEY = ["AKIA", "QK7ZTPB2XVN5RWLE"].join("")

const commits: Record<
  string,
  { files: (read: Read) => Promise<Record<string, string>>; items: string[]; says: RegExp }
> = {
  "a secret was planted": {
    files: async () => ({ "src/upload.js": `export const accessKeyId = "${PLANTED_KEY}"\n` }),
    items: ["database-credentials-vault"],
    says: /src\/upload\.js/,
  },
  "the code is not clean": {
    files: async (read) => ({ "src/http.js": `${await read("src/http.js")}\nvar left = 1\n` }),
    items: ["lint-passed"],
    says: /exit code.*0.*1/i,
  },
  "a test fails": {
    files: async () => ({
      "test/wrong.js": 'import { test } from "node:test"\ntest("wrong", () => { throw new Error("one is not two") })\n',
    }),
    items: ["tests-passed", "no-deprecated-apis"],
    says: /exit code.*0.*1/i,
  },
  "a setting is missing": {
    files: async (read) => ({ ".env.production": (await read(".env.production")).replace(/^SENTRY_DSN=.*\n/m, "") }),
    items: ["env-file-complete", "validate-env", "external-api-keys", "sentry-dsn"],
    says: /SENTRY_DSN|exit code/i,
  },
  "the bundle is too big": {
    files: async () => ({ "public/vendor.js": `export default "${noise(700_000)}"\n` }),
    items: ["bundle-size"],
    says: /KB/,
  },
  "the log names people": {
    files: async (read) => ({
      "src/auth.js": (await read("src/auth.js")).replace(
        "const { email, password } = credentials(body)",
        'const { email, password } = credentials(body)\n    process.stdout.write(JSON.stringify({ event: "attempt", email }) + "\\n")',
      ),
    }),
    items: ["no-pii-in-logs"],
    says: /e-?mail/i,
  },
  "nobody wrote down what to say in an incident": {
    files: async () => ({ "docs/incident-communication.md": "# To be written\n" }),
    items: ["incident-template"],
    says: /Internal message|exit code/i,
  },
}
type Read = (path: string) => Promise<string>

test.each(Object.keys(commits))(
  "%s",
  async (what) => {
    const drill = commits[what]
    if (!drill) throw new Error("no such drill")
    const { directory } = world.repository
    const before = await git("rev-parse", "HEAD")
    const ref = `drill-${Object.keys(commits).indexOf(what)}`
    const files = await drill.files((path) => readFile(join(directory, path), "utf8"))
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(directory, path)), { recursive: true })
      await writeFile(join(directory, path), text)
    }
    await git("add", "--all")
    await git("commit", "--quiet", "-m", what)
    await git("tag", ref)
    await git("push", "--quiet", "origin", "main", ref)
    const id = await releaseOf(ref)
    const { items } = await world.state(id)
    const others = Object.values(items).filter(
      ({ key, check }) => check && check.provedBy === undefined && !LIVE.includes(key),
    )
    const found = await prove(id, { items: others.map(({ key }) => key) })
    await git("revert", "--no-edit", `${before}..HEAD`)
    await git("push", "--quiet", "origin", "main")
    expect(found.failed.toSorted()).toEqual(drill.items.toSorted())
    for (const item of drill.items) expect(found.rows[item], item).toMatch(drill.says)
  },
  180_000,
)

test("the tree is dirty, then a commit is not pushed", async () => {
  const { directory } = world.repository
  await writeFile(join(directory, "left-over.txt"), "somebody was in a hurry\n")
  const dirty = await prove(live, { items: ["code-on-main", "lint-passed"] })
  expect(dirty.failed).toEqual(["code-on-main"])
  expect(dirty.rows["code-on-main"]).toMatch(/left-over\.txt/)
  await rm(join(directory, "left-over.txt"))

  await git("commit", "--quiet", "--allow-empty", "-m", "Not pushed yet")
  await git("tag", "drill-unpushed")
  const unpushed = await prove(await releaseOf("drill-unpushed"), { items: ["code-on-main", "lint-passed"] })
  expect(unpushed.failed).toEqual(["code-on-main"])
  expect(unpushed.rows["code-on-main"]).toMatch(/pushed/i)
}, 120_000)

async function releaseOf(ref: string): Promise<string> {
  const body = { service: "postd", environment: "production", version: "1.1.0", ref }
  return expectDone(await createRelease(await world.as("lead"), body)).release.id
}

async function git(...args: string[]): Promise<string> {
  const author = ["-c", "user.name=Drill", "-c", "user.email=drill@postd.example", "-c", "commit.gpgSign=false"]
  return (await run("git", ["-C", world.repository.directory, ...author, ...args])).stdout.trim()
}

/** Text that does not compress: the same in each run. */
function noise(chars: number): string {
  let seed = 1
  let text = ""
  while (text.length < chars) {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    text += seed.toString(36)
  }
  return text
}

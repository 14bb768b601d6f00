import { execFile } from "node:child_process"
import { randomBytes } from "node:crypto"
import { promisify } from "node:util"
import { afterAll, afterEach, beforeAll, expect, test } from "vitest"
import { stringify } from "yaml"
import type { Playbook } from "@/lib/playbook/schema"
import { requestCheck } from "@/lib/server/checklist/request-check"
import { databasePool, prisma } from "@/lib/server/db"
import { startDeploy } from "@/lib/server/deploy/start-deploy"
import { publishPlaybook } from "@/lib/server/playbooks/publish-playbook"
import { startAnswering } from "@/lib/testing/conformance/start-answering"
import { sessionCookie } from "@/lib/testing/session-cookie"
import { expectDone } from "@/lib/testing/world/releases"
import type { WorkerProcess } from "@/lib/testing/world/start-worker"
import { startWorld, type World } from "@/lib/testing/world/start-world"

const secrets = {
  API_TOKEN: `tok/${randomBytes(9).toString("base64")}+"é&<${randomBytes(6).toString("hex")}`,
  PLAIN_TOKEN: `ghp_${randomBytes(16).toString("hex")}`,
  SIGNING_KEY: `-----BEGIN PRIVATE KEY-----\n${randomBytes(48).toString("base64")}\n${randomBytes(48).toString("base64")}\n-----END PRIVATE KEY-----\n`,
}

/** Shows its secrets in every way that comes to mind, in one go, byte by byte and between lines of the other stream. */
const CHATTY = `
const write = (fd, text) => require("node:fs").writeSync(fd, text)
for (const name of ["API_TOKEN", "PLAIN_TOKEN", "SIGNING_KEY"]) {
  const value = process.env[name], bytes = Buffer.from(value)
  const forms = [value, JSON.stringify({ value }), encodeURIComponent(value), encodeURI(value), new URLSearchParams({ value }),
    bytes.toString("base64"), bytes.toString("hex"), Buffer.from("user:" + value).toString("base64url"), value.slice(0, -1)]
  for (const form of forms) write(1, name + " " + form + "\\n")
  for (const byte of bytes) { write(1, Buffer.from([byte])); if (byte % 16 === 0) write(2, "elsewhere\\n") }
  write(1, "\\n"); write(2, "Error: " + value + "\\n"); write(1, "x".repeat(16 * 1024 - 12) + value + "\\n")
}
`

let world: World
let worker: WorkerProcess
let echo: Awaited<ReturnType<typeof startAnswering>>
const said: string[] = []

beforeAll(async () => {
  echo = await startAnswering((req, res) => {
    const token = String(req.headers["x-token"] ?? req.headers.authorization ?? "")
    const status = req.url === "/maintenance" ? 403 : 200
    res.writeHead(status, { "content-type": "application/json", "x-echo": encodeURIComponent(token) })
    res.end(JSON.stringify({ detail: `not with ${token}`, basic: Buffer.from(`a:${token}`).toString("base64") }))
  })
  world = await startWorld({ queue: "postgres" })
  worker = await world.startWorker({ LOG_LEVEL: "trace" })
  for (const [name, value] of Object.entries(secrets)) await put(name, value)
}, 120_000)
afterAll(async () => {
  await world?.close()
  await echo?.close()
})
afterEach(() => prisma.secret.deleteMany({ where: { name: "ODD" } }))

/** Sets a secret as a browser does, in a process of its own whose log can be read. */
async function put(name: string, value: string): Promise<void> {
  const { person } = await world.as("admin")
  const session = await sessionCookie(person?.id ?? "")
  const program = `
    const { PUT } = await import("./app/api/v1/environments/[service]/[environment]/secrets/[name]/route.ts")
    const headers = { cookie: process.env.SESSION, "sec-fetch-site": "same-origin",
      "content-type": "application/json", "idempotency-key": "a-key-of-its-own" }
    const request = new Request("http://127.0.0.1:3000/api/v1/environments", { method: "PUT", headers, body: process.env.BODY })
    const params = Promise.resolve({ service: "postd", environment: "production", name: process.env.NAME })
    const answer = await PUT(request, { params })
    console.log(answer.status, await answer.text())
    process.exit()`
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ["--import", "tsx", "--input-type=module", "--eval", program],
    { env: { ...process.env, LOG_LEVEL: "trace", SESSION: session, NAME: name, BODY: JSON.stringify({ value }) } },
  )
  expect(stdout).toContain("200 ")
  said.push(stdout, stderr)
}

/** Everything that the database holds, as text. */
async function wholeDatabase(): Promise<string> {
  const { rows } = await databasePool().query<{ name: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
     WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
  )
  expect(rows.length).toBeGreaterThan(20)
  const tables = await Promise.all(
    rows.map(async ({ name }) => {
      const found = await databasePool().query<{ row: string }>(
        `SELECT to_jsonb(t)::text || t::text AS row FROM ${name} t`,
      )
      return found.rows.map(({ row }) => row).join("\n")
    }),
  )
  return tables.join("\n")
}

function needles(value: string): string[] {
  const bytes = Buffer.from(value.trim())
  const inside = [0, 1, 2].map((n) => {
    const text = Buffer.concat([Buffer.alloc(n), bytes]).toString("base64")
    return text.slice(Math.ceil((n * 4) / 3), Math.floor(((n + bytes.length) * 4) / 3))
  })
  const whole = [value.trim(), JSON.stringify(value.trim()).slice(1, -1), encodeURIComponent(value.trim()), ...inside]
  const hex = bytes.toString("hex")
  const lines = value.split("\n").filter((line) => line && !line.startsWith("---"))
  // Not even a part: any stretch of it that is long enough to be of use.
  const parts = lines.flatMap((line) =>
    Array.from({ length: Math.max(1, line.length - 12) }, (_, i) => line.slice(i, i + 13)),
  )
  return [...whole, ...whole.map((text) => JSON.stringify(text).slice(1, -1)), hex, hex.toUpperCase(), ...parts]
}

function expectNowhere(text: string, values: string[]): void {
  for (const value of values) {
    for (const needle of needles(value)) {
      const at = text.indexOf(needle)
      expect(at === -1 ? "" : text.slice(Math.max(0, at - 300), at + 100), "around what should not be there").toBe("")
    }
  }
}

/** The sample playbook, with these settings for the first checks of two kinds. */
async function publishWith(change: (playbook: Playbook) => void): Promise<void> {
  const { id } = await prisma.service.findUniqueOrThrow({ where: { key: "postd" } })
  const row = await prisma.playbookVersion.findFirstOrThrow({ orderBy: { number: "desc" } })
  const playbook = structuredClone(row.document) as unknown as Playbook
  change(playbook)
  await publishPlaybook(id, stringify(playbook))
}

test("a secret that is used everywhere is found nowhere", async () => {
  const env = Object.fromEntries(Object.keys(secrets).map((name) => [name, `{{secret.${name}}}`]))
  const items: string[] = []
  await publishWith((playbook) => {
    const [http, command] = playbook.checklist.groups.flatMap((group) => group.items).filter((item) => item.check)
    if (!http || !command) throw new Error("the playbook has too few checks")
    const headers = { "X-Token": "{{secret.PLAIN_TOKEN}}", Authorization: "Basic {{secret.PLAIN_TOKEN}}" }
    const body = { contains: "{{secret.API_TOKEN}}" }
    http.check = { kind: "http", config: { url: echo.url("/"), headers, expect: { status: 500, body } } }
    command.check = { kind: "command", config: { command: ["node", "-e", CHATTY], env, expect: { exitCode: 3 } } }
    items.push(http.key, command.key)
  })
  const checked = await world.newRelease("1.1.0")
  for (const key of items) expectDone(await requestCheck(await world.as("lead"), checked, key, {}))
  await world.until(checked, "both checks ended", (s) => items.every((key) => s.items[key]?.state === "failed"))
  const shown = await prisma.evidence.findMany({ where: { releaseId: checked } })
  expect(shown.map(({ blocks }) => JSON.stringify(blocks).includes("[redacted]"))).toEqual([true, true])

  // A deployment whose build talks, and which uses the local host's token and the maintenance bypass on its way.
  await world.changeEnvironment((config) => {
    const build = ["sh", "-c", `node -e '${CHATTY.replaceAll("'", "")}'; npm run build`]
    return { ...config, strategy: { ...config.strategy, config: { ...config.strategy.config, build, buildEnv: env } } }
  })
  const id = await world.readyRelease("1.1.0")
  expectDone(await startDeploy(await world.as("devops"), id, {}))
  await world.until(id, "the release is watched", ({ status }) => status === "watching", 150_000)
  const lines = await prisma.runLog.findMany({ where: { releaseId: id, stepKey: "deploy-build" } })
  expect(lines.filter(({ text }) => text.includes("[redacted]")).length).toBeGreaterThan(10)
  expect(lines.map(({ text }) => text).join("\n")).toContain("built postd 1.1.0")

  const rows = await prisma.secret.findMany({ select: { name: true } })
  expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining(["LOCAL_HOST_ADMIN_TOKEN", "MAINTENANCE_BYPASS"]))
  const { bypassToken } = (await (
    await fetch(new URL("/maintenance", process.env.LOCAL_HOST_ADMIN_URL), {
      headers: { authorization: `Bearer ${process.env.LOCAL_HOST_ADMIN_TOKEN}` },
    })
  ).json()) as { bypassToken: string }
  const values = [...Object.values(secrets), process.env.LOCAL_HOST_ADMIN_TOKEN ?? "", bypassToken]
  expectNowhere(await wholeDatabase(), values)
  expectNowhere([worker.output(), ...said].join("\n"), values)
}, 240_000)

test("a maintenance provider that says its token in an error says it to nobody", async () => {
  await world.changeEnvironment((config) => config)
  const row = await prisma.environment.findFirstOrThrow({ where: { key: "production" } })
  const config = structuredClone(row.config) as { maintenance: { config: unknown }; strategy: { config: object } }
  config.maintenance.config = {
    url: echo.url("/maintenance"),
    headers: { authorization: "Bearer {{secret.PLAIN_TOKEN}}" },
  }
  await prisma.environment.update({ where: { id: row.id }, data: { config: config as never } })
  const id = await world.readyRelease("1.2.0")
  expectDone(await startDeploy(await world.as("devops"), id, {}))
  const state = await world.until(id, "the deployment ended", ({ runs }) =>
    Object.values(runs).some((run) => run.finishedAt),
  )
  expect(JSON.stringify(state).match(/answered 403 [^"]*/)?.[0]).toMatch(
    /^answered 403 \(not with Bearer \[redacted\]\)/,
  )
  expectNowhere(await wholeDatabase(), Object.values(secrets))
  expectNowhere(worker.output(), Object.values(secrets))
}, 120_000)

test.each([
  ["that is not there", async () => {}, "There is no secret ODD in Production."],
  [
    "that no key opens",
    () => broken({ keyId: "00000000" }),
    /ODD in Production cannot be read: it needs the key 00000000/,
  ],
  [
    "that was changed",
    () => broken({ sealed: randomBytes(64) }),
    /ODD in Production cannot be read: the key .* does not/,
  ],
])(
  "a deployment that needs a secret %s ends in words, with nothing changed",
  async (_, prepare, words) => {
    await prepare()
    await world.changeEnvironment((config) => {
      const strategy = { ...config.strategy, config: { ...config.strategy.config, env: { ODD: "{{secret.ODD}}" } } }
      return { ...config, strategy }
    })
    const before = await world.host.state()
    const id = await world.readyRelease("1.2.0")
    expectDone(await startDeploy(await world.as("devops"), id, {}))
    const ended = await world.until(id, "the deployment ended", ({ runs }) =>
      Object.values(runs).some((run) => run.finishedAt),
    )
    const [run] = Object.values(ended.runs)
    expect(run).toMatchObject({ status: "failed", outcome: expect.stringMatching(words) })
    expect(run?.steps.every(({ attempt }) => attempt === 0)).toBe(true)
    expect(await world.host.state()).toEqual(before)
  },
  60_000,
)

async function broken(change: { keyId?: string; sealed?: Buffer }): Promise<void> {
  await put("ODD", "a value of its own")
  const sealed = change.sealed ? new Uint8Array(change.sealed) : undefined
  await prisma.secret.updateMany({ where: { name: "ODD" }, data: { ...change, sealed } })
}

import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises"
import type { IncomingMessage } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { z } from "zod"
import { createPlatformRequest } from "@/lib/server/http/platform-request"
import { runProcess } from "@/lib/server/process/run-process"
import { startAnswering } from "@/lib/testing/conformance/start-answering"
import type { FlagPorts, FlagProvider } from "./contract"
import { flagDefinitions } from "./definitions.gen"
import { flagProviders } from "./providers.gen"

const TOKEN = "flag-token-77aa"
const waits: string[] = []
const ports = (signal = new AbortController().signal): FlagPorts => ({
  ...{
    platform: createPlatformRequest({ allowPrivateNetwork: true }),
    runProcess,
    workDirectory: "/nonexistent",
    signal,
  },
  log: (words) => void waits.push(words),
})

interface Asked {
  line: string
  body: string
  headers: IncomingMessage["headers"]
}
let service: Awaited<ReturnType<typeof startAnswering>>
let on: boolean
let deaf: boolean
let asked: Asked[]
/** Answers of before the real ones: status and headers. */
let first: { status: number; headers?: Record<string, string> }[]
beforeEach(async () => {
  ;[on, deaf, asked, first] = [true, false, [], []]
  service = await startAnswering((req, res, body) => {
    asked.push({ line: `${req.method} ${req.url}`, body, headers: req.headers })
    const early = first.shift()
    if (early) return void res.writeHead(early.status, early.headers).end('{"message":"not like this"}')
    if (req.headers.authorization !== TOKEN) return void res.writeHead(401).end('{"message":"Invalid key"}')
    res.setHeader("content-type", "application/json")
    res.end(JSON.stringify(answer(`${req.method} ${req.url}`, body, req.headers) ?? {}))
  })
})
afterEach(() => service.close())

/** What Unleash's Admin API, LaunchDarkly's REST API and a service of one's own answer, as far as it is asked for. */
function answer(line: string, body: string, headers: IncomingMessage["headers"]): unknown {
  const turn = (wanted: boolean) => {
    if (!deaf) on = wanted
  }
  const unleash = "/api/admin/projects/default/features/new-checkout"
  if (line === `GET ${unleash}`) {
    return {
      name: "new-checkout",
      environments: [
        { name: "development", enabled: true },
        { name: "production", enabled: on },
      ],
    }
  }
  const toggled = new RegExp(`^POST ${unleash}/environments/production/(on|off)$`).exec(line)?.[1]
  if (toggled) return turn(toggled === "on")
  const darkly = "/api/v2/flags/default/new-checkout"
  if (line === `GET ${darkly}?env=production`)
    return { key: "new-checkout", environments: { production: { on, archived: false } } }
  if (line === `PATCH ${darkly}`) {
    expect(headers["content-type"]).toBe("application/json; domain-model=launchdarkly.semanticpatch")
    const patch = z
      .strictObject({
        ...{ environmentKey: z.literal("production"), comment: z.string() },
        instructions: z.tuple([z.strictObject({ kind: z.enum(["turnFlagOn", "turnFlagOff"]) })]),
      })
      .parse(JSON.parse(body))
    return turn(patch.instructions[0].kind === "turnFlagOn")
  }
  if (line === "GET /state") return { flags: [{ mode: on ? "new" : "old" }] }
  if (line === "POST /set") return turn((JSON.parse(body) as { mode: string }).mode === "new")
  return undefined
}

const kinds: Record<"unleash" | "launchdarkly" | "http", () => unknown> = {
  unleash: () => ({ url: service.url("/"), token: TOKEN, environment: "production", feature: "new-checkout" }),
  launchdarkly: () => ({ url: service.url(""), token: TOKEN, environment: "production", flag: "new-checkout" }),
  http: () => ({
    ...{ url: service.url("/set"), method: "POST", headers: { Authorization: TOKEN }, stateUrl: service.url("/state") },
    ...{ onBody: { mode: "new", why: "{{reason}}" }, offBody: { mode: "old", why: ["{{reason}}"] } },
    ...{ statePointer: "/flags/0/mode", onValue: "new" },
  }),
}
const names = Object.keys(kinds) as (keyof typeof kinds)[]

describe.each(names)("%s", (kind) => {
  const flag = (signal?: AbortSignal): FlagProvider => flagProviders[kind](kinds[kind](), ports(signal))
  const failing = async (work: Promise<unknown>) => {
    const words = await work.then(() => "it did not fail", String)
    expect(words).not.toContain(TOKEN)
    return words
  }

  test("off, on, each also twice, and asked for", async () => {
    expect(await flag().state()).toEqual({ on: true })
    for (const wanted of [false, false, true, true]) {
      expect(await flag().set(wanted, 'He said "$&"')).toEqual({ on: wanted })
      expect(on).toBe(wanted)
    }
    if (kind !== "unleash") expect(asked.some(({ body }) => body.includes('He said \\"$&\\"'))).toBe(true)
  })

  test("accepted is not done", async () => {
    deaf = true
    expect(await failing(flag().set(false, "x"))).toContain("accepted to turn the flag off, but it is still on")
  })

  test("what is waited for, and what is not", async () => {
    first = [{ status: 429, headers: { "retry-after": "0" } }, { status: 503 }]
    expect(await flag().set(false, "x")).toEqual({ on: false })
    expect(waits.at(-1)).toContain("it answered 503")
    for (const [status, words] of [
      [401, "does not know this token (401): not like this"],
      [403, "does not let this token do it (403)"],
      [404, "has no such flag"],
      [400, "answered 400: not like this"],
    ] as const) {
      first = [{ status }]
      expect(await failing(flag().set(true, "x"))).toContain(words)
    }
    expect(on).toBe(false)
  })

  test("stopped, it ends with the reason", async () => {
    expect(await failing(flag(AbortSignal.abort(new Error("enough"))).set(false, "x"))).toContain("enough")
    expect(on).toBe(true)
  })
})

test("LaunchDarkly: somebody else's change at the same moment is tried again, not for ever", async () => {
  first = [{ status: 409 }, { status: 409 }]
  const flag = flagProviders.launchdarkly(kinds.launchdarkly(), ports())
  expect(await flag.set(false, "x")).toEqual({ on: false })
  first = Array.from({ length: 9 }, () => ({ status: 409 }))
  await expect(flag.set(true, "x")).rejects.toThrow("answered 409")
})

test("an environment that the flag does not know is said", async () => {
  const config = { ...(kinds.unleash() as object), environment: "prod" }
  await expect(flagProviders.unleash(config, ports()).state()).rejects.toThrow("has no environment prod")
})

describe("env-file", () => {
  let root: string
  let path: string
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "golive-env-file-"))
    path = join(root, ".env")
    await writeFile(path, '# shop\nOTHER=1\nexport FLAG = "true" \nFLAGGED=true')
    await chmod(path, 0o640)
  })
  afterEach(() => rm(root, { recursive: true, force: true }))
  const flag = (change: Record<string, unknown> = {}) =>
    flagProviders["env-file"]({ path, name: "FLAG", ...change }, ports())

  test("the line is changed and nothing else, with the file's rights, and nothing is left beside it", async () => {
    expect(await flag().state()).toEqual({ on: true })
    for (const _ of [1, 2]) expect(await flag().set(false, "x")).toEqual({ on: false })
    expect(await readFile(path, "utf8")).toBe("# shop\nOTHER=1\nexport FLAG =false\nFLAGGED=true")
    expect((await stat(path)).mode & 0o777).toBe(0o640)
    expect(await readdir(root)).toEqual([".env"])
  })

  test("a variable that is not there is what the settings say, and is added", async () => {
    expect(await flag({ name: "NEW", missingIs: "on" }).state()).toEqual({ on: true })
    expect(await flag({ name: "NEW", missingIs: "on", onValue: "1", offValue: "$0" }).set(false, "x")).toEqual({
      on: false,
    })
    expect(await readFile(path, "utf8")).toContain("FLAGGED=true\nNEW=$0\n")
  })

  test("the service is made to read it, also when it stood there already; what goes wrong is said", async () => {
    const reload = ["sh", "-c", "echo again >> reloads"]
    for (const _ of [1, 2]) await flag({ reload }).set(false, "x")
    expect(await readFile(join(root, "reloads"), "utf8")).toBe("again\nagain\n")
    await expect(flag({ reload: ["false"] }).set(true, "x")).rejects.toThrow("ended with exit code 1")
    await expect(flag({ path: join(root, "gone") }).set(true, "x")).rejects.toThrow("cannot be read (ENOENT)")
    expect(() => flag({ path: "relative" })).toThrow("absolute")
  })
})

test.each(Object.values(flagDefinitions))("$kind: its examples fit its settings", ({ configSchema, examples }) => {
  expect(examples.length).toBeGreaterThan(0)
  for (const { config } of examples) expect(configSchema.safeParse(config).error?.issues).toBeUndefined()
})

import type { IncomingMessage } from "node:http"
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
let first: { status: number; headers?: Record<string, string>; body?: string }[]
beforeEach(async () => {
  ;[on, deaf, asked, first] = [true, false, [], []]
  service = await startAnswering((req, res, body) => {
    asked.push({ line: `${req.method} ${req.url}`, body, headers: req.headers })
    const early = first.shift()
    if (early) return void res.writeHead(early.status, early.headers).end(early.body ?? '{"message":"not like this"}')
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
    ...{ statePointer: "/flags/0/mode", onValue: "new", offValue: "old", settleMs: 300 },
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
      [404, /has no (such flag|flag "new-checkout" in|feature "new-checkout" in).* \(404\): not like this$/],
      [409, "another change is in the way (409): not like this"],
      [400, "answered 400: not like this"],
      [302, "answered 302, and redirects are not followed"],
      // Asked to come back in an hour, it does not wait: a person may know another way.
      [429, "takes no more requests for now (429)"],
      [503, "answered 503: not like this"],
    ] as const) {
      first = Array.from({ length: kind === "launchdarkly" && status === 409 ? 4 : 1 }, () => ({
        ...{ status, headers: { "retry-after": "3600", location: service.url("/elsewhere") } },
      }))
      expect(await failing(flag().set(true, "x"))).toMatch(words)
    }
    expect(on).toBe(false)
  })

  test("what the service repeats of the token is not said", async () => {
    const body = JSON.stringify({ message: `${"long ".repeat(58)} ${TOKEN} is no token` })
    for (const status of [400, 401]) {
      first = [{ status, body }]
      const words = await failing(flag().set(false, "x"))
      expect(words).not.toContain(TOKEN.slice(0, 6))
      expect(words).toContain("long  (hidden")
    }
  })

  test("an answer that is something else is said", async () => {
    for (const body of ["<html>", "{}", "[]", "null"]) {
      first = [{ status: 200, body }]
      expect(await failing(flag().state())).toMatch(
        /is not a flag$|is not a feature$|holds nothing at "\/flags\/0\/mode"$/,
      )
    }
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
  await expect(flag.set(true, "x")).rejects.toThrow("in the way (409)")
  expect(first).toHaveLength(5)
  const stopped = AbortSignal.timeout(100)
  await expect(flagProviders.launchdarkly(kinds.launchdarkly(), ports(stopped)).set(true, "x")).rejects.toThrow(
    "aborted due to timeout",
  )
})

test("http: a service that is a little behind is asked again; true and false are told from everything else", async () => {
  const flag = flagProviders.http(kinds.http(), ports())
  const behind = JSON.stringify({ flags: [{ mode: "new" }] })
  first = [{ status: 200 }, { status: 200, body: behind }]
  on = false
  expect(await flag.set(false, "x")).toEqual({ on: false })
  expect(first).toEqual([])
  const plain = flagProviders.http({ url: service.url("/own"), headers: { Authorization: TOKEN } }, ports())
  for (const [enabled, said] of [
    [true, { on: true }],
    [false, { on: false }],
  ] as const) {
    first = [{ status: 200, body: JSON.stringify({ enabled }) }]
    expect(await plain.state()).toEqual(said)
  }
  // Neither: a flag that is at "true" is not told to be off.
  for (const enabled of ["true", null, 1]) {
    first = [{ status: 200, body: JSON.stringify({ enabled }) }]
    await expect(plain.state()).rejects.toThrow('says neither on nor off at "/enabled"')
  }
})

test("an environment that the flag does not know is said", async () => {
  const config = { ...(kinds.unleash() as object), environment: "prod" }
  await expect(flagProviders.unleash(config, ports()).state()).rejects.toThrow("has no environment prod")
})

test.each(Object.values(flagDefinitions))("$kind: its examples fit its settings", ({ configSchema, examples }) => {
  expect(examples.length).toBeGreaterThan(0)
  for (const { config } of examples) expect(configSchema.safeParse(config).error?.issues).toBeUndefined()
})

import { readdir } from "node:fs/promises"
import { fileURLToPath } from "node:url"
import { describe, expect, test } from "vitest"
import { z } from "zod"
import type { CheckDefinition } from "@/lib/checks/contract"
import { evidenceBlocksSchema } from "@/lib/contracts/evidence"
import { fillTemplate } from "@/lib/server/template/fill-template"
import { type Tried, tryCheck } from "./try-check"

const CHECKS = fileURLToPath(new URL("../../checks", import.meta.url))
const SECRET = "conformance-s3cr3t-value"
/** Nothing is there, and nothing may be: what any check makes of a world that is not as it should be. */
const VARIABLES = {
  env: { baseUrl: "http://127.0.0.1:1", repository: "/nonexistent/golive-conformance", vars: { SECRET } },
  release: { ref: "v0.0.0", version: "v0.0.0", commit: "0".repeat(40), name: SECRET },
  run: { id: "00000000" },
  secret: new Proxy(
    {},
    {
      get: () => SECRET,
      has: () => true,
      getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true, value: SECRET }),
    },
  ),
  capture: { access_token: SECRET },
}
const LIMIT_MS = 4_000

/** The folders that hold a kind. */
export async function kindsOfChecks(): Promise<string[]> {
  const entries = await readdir(CHECKS, { withFileTypes: true })
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
}

/** What must be true of every kind of check, whatever it looks at. */
export function checksConform(kind: string, definition: CheckDefinition, runner: unknown): void {
  const run = (config: unknown, options: Parameters<typeof tryCheck>[2] = {}) =>
    tryCheck(kind, config, {
      ...{ variables: VARIABLES, repository: VARIABLES.env.repository, commit: VARIABLES.release.commit },
      ...{ limits: { timeoutMs: LIMIT_MS }, secrets: [SECRET] },
      ...options,
    })

  describe(`check ${kind}`, () => {
    test("says what it is", () => {
      expect(definition.kind).toBe(kind)
      expect(kind).toMatch(/^[a-z0-9][a-z0-9-]{0,39}$/)
      expect(definition.title.length).toBeGreaterThan(2)
      expect(definition.summary).toMatch(/^[A-Z].{20,}\.$/)
      const { timeoutMs, longestTimeoutMs } = definition.limits
      expect(timeoutMs).toBeGreaterThan(0)
      expect(timeoutMs).toBeLessThanOrEqual(longestTimeoutMs)
      expect(typeof runner).toBe("function")
    })

    test("its settings can be written down as JSON Schema and drawn as a form", async () => {
      const schema = z.toJSONSchema(definition.configSchema, { io: "input" })
      expect(schema).toMatchObject({ type: "object", additionalProperties: false })
      expect(JSON.parse(JSON.stringify(schema))).toEqual(schema)
    })

    test("its examples fit, as they stand and filled in; unknown fields do not", () => {
      expect(definition.examples.length).toBeGreaterThan(0)
      for (const { title, config } of definition.examples) {
        expect(title).not.toBe("")
        expect(JSON.parse(JSON.stringify(config))).toEqual(config)
        expect(definition.configSchema.safeParse(config), title).toMatchObject({ success: true })
        const filled = fillTemplate(config, VARIABLES)
        expect(filled.ok && definition.configSchema.safeParse(filled.value).success, title).toBe(true)
        const unknown = definition.configSchema.safeParse({ ...(config as object), surprise: true })
        expect(unknown.success, title).toBe(false)
      }
    })

    test("says in words what its examples look at, and leaves placeholders as they are", () => {
      for (const { title, config } of definition.examples) {
        const words = definition.describe(definition.configSchema.parse(config))
        expect(words.length, title).toBeGreaterThan(0)
        for (const sentence of words) expect(sentence.trim(), title).toMatch(/^\S[^\n]{1,300}$/)
      }
    })

    test("in a world that is not there it ends in time, says why, and passes nothing", async () => {
      for (const { config } of definition.examples) expectHonest(await run(config))
    })

    test("with settings that do not fit it says so", async () => {
      for (const config of [null, [], "text", 7, { surprise: SECRET }]) {
        const result = await run(config)
        expectHonest(result)
        expect(result.outcome).toBe("errored")
      }
    })

    test("a stop ends it at once, before and during", async () => {
      const [example] = definition.examples
      const before = await run(example?.config, { signal: AbortSignal.abort(new Error(SECRET)) })
      expectHonest(before)
      expect(before.outcome).toBe("errored")
      const stop = new AbortController()
      setTimeout(() => stop.abort(new Error(SECRET)), 20)
      const during = await run(example?.config, { signal: stop.signal })
      expectHonest(during)
      expect(during.tookMs).toBeLessThan(LIMIT_MS)
    })
  })
}

function expectHonest(result: Tried): void {
  expect(result.outcome).toMatch(/^(failed|errored)$/)
  expect(result.summary.trim()).not.toBe("")
  expect(result.tookMs).toBeLessThan(LIMIT_MS + 2_000)
  expect(result.leftBehind).toEqual([])
  if (result.outcome === "failed") expect(result.expectations.some(({ ok }) => !ok)).toBe(true)
  expect(evidenceBlocksSchema.safeParse(result.blocks)).toMatchObject({ success: true })
  expect(JSON.stringify(result)).not.toContain(SECRET)
}

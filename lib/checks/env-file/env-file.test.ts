import { symlink } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest"
import { makeRepository } from "@/lib/testing/conformance/make-repository"
import { said, tryCheck } from "@/lib/testing/conformance/try-check"
import { parseEnvFile } from "./parse-env-file"

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

const FILE = `# production
NODE_ENV=production
export DATABASE_URL="postgres://user:hunter22@db/app" # not this
EMPTY=
SENTRY_DSN='https://key9@sentry.example/42'
`
let source: Awaited<ReturnType<typeof makeRepository>>
let commit: string
beforeAll(async () => {
  source = await makeRepository({ ".env.production": "NODE_ENV=test\n", "app/.env": "A=1\n" })
  await source.git("tag", "v1")
  await symlink("/etc/hostname", join(source.directory, "link"))
  commit = await source.commit({ ".env.production": FILE })
})
afterAll(() => source.remove())

const check = (config: Record<string, unknown>) =>
  tryCheck("env-file", { file: ".env.production", ...config }, { repository: source.directory, commit })

describe("settings in the release's checkout", () => {
  test("are there, equal, and of the right form", async () => {
    const result = await check({
      required: ["NODE_ENV", "DATABASE_URL"],
      equals: { NODE_ENV: "production" },
      patterns: { SENTRY_DSN: "^https://\\S+@\\S+/\\d+$" },
    })
    expect(result).toMatchObject({ outcome: "passed", leftBehind: [] })
    expect(result.summary).toBe("All 3 settings in .env.production are as expected")
  })

  test("what is not so is named, but never shown", async () => {
    const result = await check({
      required: ["EMPTY", "GONE"],
      equals: { DATABASE_URL: "postgres://other:wanted33@db", GONE: "x" },
      patterns: { SENTRY_DSN: "^http:", GONE: "x" },
    })
    expect(said(result)).toEqual([
      "bad EMPTY: set / empty",
      "bad GONE: set / missing",
      "bad DATABASE_URL: the expected value / differs",
      "bad GONE: the expected value / missing",
      "bad SENTRY_DSN: has the form ^http: / differs",
      "bad GONE: has the form x / missing",
    ])
    expect(JSON.stringify(result)).not.toMatch(/hunter22|wanted33|key9/)
  })

  test("of another ref, in another folder", async () => {
    const old = await check({ required: ["NODE_ENV"], equals: { NODE_ENV: "test" }, ref: "v1" })
    expect(old.outcome).toBe("passed")
    expect((await check({ file: ".env", directory: "app", required: ["A"] })).outcome).toBe("passed")
  })

  test("a file that is missing fails, one outside is not looked at", async () => {
    expect(said(await check({ file: "gone", required: ["A"] }))).toEqual(["bad gone: a file of the checkout / missing"])
    for (const file of ["../../etc/passwd", "/etc/passwd", "link"]) {
      const result = await check({ file, required: ["A"] })
      expect(result).toMatchObject({
        outcome: "errored",
        summary: expect.stringContaining("leads out of the checkout"),
      })
    }
    const network = await check({ repository: "https://git.example/x.git", required: ["A"] })
    expect(network.summary).toContain("environment's own repository")
  })
})

test("the file is read as dotenv reads it", () => {
  const text = [
    ...["A=plain # comment", "B=with#sign", "  C = spaced ", 'D="two\\nlines"', "E='raw \\n $x'", "export F=yes"],
    ...["# G=no", 'H="first', 'second"', "I=", "no setting", "A=last", "J=`tick's`", "K.L-M=dotted", 'N="q\\"uote"'],
  ].join("\r\n")
  expect(Object.fromEntries(parseEnvFile(text))).toEqual({
    ...{
      A: "last",
      B: "with#sign",
      C: "spaced",
      D: "two\nlines",
      E: "raw \\n $x",
      F: "yes",
      H: "first\nsecond",
      I: "",
    },
    ...{ J: "tick's", "K.L-M": "dotted", N: 'q"uote' },
  })
})

import { mkdir, symlink } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest"
import { makeRepository } from "@/lib/testing/conformance/make-repository"
import { said, tryCheck } from "@/lib/testing/conformance/try-check"

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

let source: Awaited<ReturnType<typeof makeRepository>>
let commit: string
beforeAll(async () => {
  source = await makeRepository({
    "say.mjs":
      "console.log(process.argv.slice(2).join('|')); console.error('to stderr'); process.exitCode = Number(process.env.CODE ?? 0)",
    "sub/here.txt": "here",
    "package.json": '{"scripts": {"validate": "echo 0 errors"}}',
  })
  await symlink("/", join(source.directory, "way-out"))
  await mkdir(join(source.directory, "empty"))
  commit = await source.commit({})
})
afterAll(() => source.remove())

const check = (config: Record<string, unknown>, options = {}) =>
  tryCheck("command", config, { repository: source.directory, commit, ...options })

describe("a program in a fresh checkout", () => {
  test("passes with exit code 0, and its output is kept", async () => {
    const result = await check({ command: ["node", "say.mjs", "$(id)", "; exit 3", "-x"] })
    expect(result).toMatchObject({ outcome: "passed", leftBehind: [] })
    expect(result.log).toContain("$(id)|; exit 3|-x\n")
    expect(result.blocks).toContainEqual(
      expect.objectContaining({ type: "log", text: expect.stringContaining("to stderr") }),
    )
  })

  test("a script of npm runs", async () => {
    const result = await check({ command: ["npm", "run", "validate"], expect: { stdout: { matches: "\\b0 errors" } } })
    expect(said(result)).toEqual(["ok Exit code: 0 / 0", "ok Output: matches \\b0 errors / 0 errors"])
  })

  test("shows expected and actual where it is not so", async () => {
    const result = await check({
      command: ["node", "say.mjs", "three errors"],
      env: { CODE: "4" },
      expect: { stdout: { contains: ["errors", "no errors"], matches: "^0 errors" } },
    })
    expect(result.outcome).toBe("failed")
    expect(said(result)).toEqual([
      "bad Exit code: 0 / 4",
      "ok Output: contains errors / contains it",
      "bad Output: contains no errors / three errors",
      "bad Output: matches ^0 errors / three errors",
    ])
  })

  test("another exit code may be what is wanted", async () => {
    const config = { command: ["node", "say.mjs"], env: { CODE: "4" }, expect: { exitCode: 4 } }
    expect((await check(config)).outcome).toBe("passed")
  })

  test("colours do not get in the way of a text", async () => {
    const command = ["node", "-e", "console.log('\\u001b[32m0\\u001b[0m errors')"]
    expect((await check({ command, expect: { stdout: { contains: "0 errors" } } })).outcome).toBe("passed")
  })

  test("works in a folder of the checkout, and in no other", async () => {
    const ls = ["node", "-e", "console.log(require('fs').readdirSync('.').join())"]
    const here = await check({ command: ls, directory: "sub", expect: { stdout: { contains: "here.txt" } } })
    expect(here.outcome).toBe("passed")
    const full = { command: ls, directory: "{{run.directory}}/sub", expect: { stdout: { contains: "here.txt" } } }
    expect((await check(full)).outcome).toBe("passed")
    for (const directory of ["..", "/etc", "way-out/etc", "sub/../../.."]) {
      expect(await check({ command: ls, directory })).toMatchObject({
        ...{ outcome: "errored", summary: expect.stringContaining("leads out of the checkout") },
      })
    }
    expect((await check({ command: ls, directory: "gone" })).summary).toContain("There is no folder")
  })
})

describe("what ends it", () => {
  test("its time", async () => {
    const result = await check({ command: ["node", "-e", "setInterval(() => {}, 1000)"], timeout: "500ms" })
    expect(said(result)).toEqual(["bad End: within 500 ms / was not done by then and was ended"])
    expect(result.tookMs).toBeLessThan(4_000)
  })

  test("its silence", async () => {
    const command = ["node", "-e", "console.log('begun'); setInterval(() => {}, 1000)"]
    const result = await check({ command, timeout: "20s", inactivityTimeout: "500ms" })
    expect(said(result)[0]).toBe("bad End: output at least every 500ms / said nothing for that long and was ended")
  })

  test("a stop", async () => {
    const stop = new AbortController()
    setTimeout(() => stop.abort(new Error("enough")), 700)
    const result = await check({ command: ["node", "-e", "setInterval(() => {}, 1000)"] }, { signal: stop.signal })
    expect(result).toMatchObject({ outcome: "errored", summary: "Stopped before it ended", leftBehind: [] })
    expect(result.tookMs).toBeLessThan(5_000)
  })
})

describe("what cannot be run is no result", () => {
  test.each([
    [{ command: ["no-such-program"] }, {}, "there is no such program"],
    [{ command: ["node"] }, { commit: null }, "not known which commit"],
    [{ command: ["node"] }, { repository: null }, "names no repository"],
    [{ command: ["node"] }, { commit: "0".repeat(40) }, "The repository has no"],
    [{ command: ["node"] }, { allowCommands: false }, "COMMAND_CHECKS is off"],
    [{ command: [] }, {}, "do not fit"],
    [{ command: ["node", "{{env.nothing}}"] }, {}, "There is no value for {{env.nothing}}"],
  ])("%j with %j", async (config, options, words) => {
    expect(await check(config, options)).toMatchObject({ outcome: "errored", summary: expect.stringContaining(words) })
  })
})

test("secrets appear nowhere, also when they come in pieces", async () => {
  const secret = "s3cr3t-value"
  const script =
    "const s = process.env.KEY; let i = 0; const n = () => i < s.length && process.stdout.write(s[i++], () => setTimeout(n, 5)); n()"
  const config = { command: ["node", "-e", script], env: { KEY: secret }, expect: { stdout: { contains: secret } } }
  const result = await check(config, { secrets: [secret] })
  expect(result.outcome).toBe("passed")
  expect(JSON.stringify(result)).not.toContain(secret)
  expect(result.log).toContain("[redacted]")
})

import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest"
import { stableResult } from "@/lib/checks/answer"
import { makeRepository } from "@/lib/testing/conformance/make-repository"
import { startAnswering } from "@/lib/testing/conformance/start-answering"
import { said, tryCheck } from "@/lib/testing/conformance/try-check"

vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 })

const PERSONAL = ["ann.lee@corp.example", "4111 1111 1111 1111", "+49 30 901820", "hunter2-x", "219-09-9999", "ann.lee"]
const noise = (lines: number) => '{"level":30,"time":1712345678901,"ms":12.5,"msg":"request completed"}\n'.repeat(lines)

let source: Awaited<ReturnType<typeof makeRepository>>
let commit: string
let server: Awaited<ReturnType<typeof startAnswering>>
beforeAll(async () => {
  source = await makeRepository({
    "logs/clean.log": noise(20),
    "logs/app.log": `${noise(11)}user ann.lee@corp.example paid\r\nwith 4111 1111 1111 1111\r\n`,
    "logs/of-ann.lee@corp.example.log": "phone=+49 30 901820\n",
    "empty/a.log": "\n \n",
    "one/big.log": "x".repeat(3_000),
    "print.mjs": `import { readFileSync } from "node:fs"
      process.stdout.write(readFileSync("logs/clean.log", "utf8"))
      for (const line of process.argv.slice(2)) console.log(line)
      if (process.env.SAY) console.error(process.env.SAY)
      process.exitCode = Number(process.env.CODE ?? 0)`,
    "long.mjs": `const x = "x".repeat(5_000_000)
      process.stdout.write(x + " ann.lee@corp.example " + x + "\\nlast ann.lee@corp.example\\n")`,
  })
  await writeFile(join(source.directory, "empty/b.log"), Buffer.from([0, 1, 2, 3, 0x40]))
  const invalid = Buffer.concat([
    Buffer.from([0xff, 0xc3, 0x28, 0x0a]),
    Buffer.from("to ann.lee@corp.example"),
    Buffer.from([0xe2]),
  ])
  await writeFile(join(source.directory, "one/invalid.txt"), invalid)
  const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("a\r\nto ann.lee@corp.example", "utf16le")])
  await writeFile(join(source.directory, "one/wide.txt"), wide)
  commit = await source.commit({})
  server = await startAnswering((req, res) => {
    if (req.url === "/never") return
    if (req.url === "/empty") return res.end()
    if (req.url?.startsWith("/gone")) return res.writeHead(404).end("no")
    if (req.url === "/huge") return res.end("x".repeat(6 * 1024 * 1024))
    res.write(`${noise(2)}{"authorization":"${req.headers.authorization}","who":"ann.l`)
    setTimeout(() => res.end('ee@corp.example"}\n'), 20)
  })
})
afterAll(async () => {
  await server.close()
  await source.remove()
})

const check = (config: Record<string, unknown>, options = {}) =>
  tryCheck("pii-scan", config, { repository: source.directory, commit, ...options })
type Result = Awaited<ReturnType<typeof check>>
/** Neither the result nor the log of the run holds what was found. */
function expectSilent(result: Result, ...others: string[]): void {
  for (const value of [...PERSONAL, ...others]) expect(JSON.stringify(result)).not.toContain(value)
}
const tableOf = (result: Result, title: RegExp) =>
  result.blocks.flatMap((block) => (block.type === "table" && title.test(block.title ?? "") ? [block.rows] : []))[0]

describe("files of the checkout", () => {
  test("each finding is told by place, kind, first letter and length, and never shown", async () => {
    const result = await check({ files: ["logs/*.log"] })
    expect(said(result)).toEqual([
      "bad Personal data in logs/*.log: none / 3 findings: 1 e-mail address, 1 payment card number, 1 phone number; first at logs/app.log line 12",
    ])
    expect(tableOf(result, /^Found/)).toEqual([
      ["logs/app.log line 12", "e-mail address", "a… (20 characters)"],
      ["logs/app.log line 13", "payment card number", "4… (19 characters)"],
      ["logs/[o… (23 characters)].log line 1", "phone number", "+… (13 characters)"],
    ])
    expectSilent(result)
    expect(stableResult(await check({ files: ["logs/*.log"] }))).toEqual(stableResult(result))
    expect(result.leftBehind).toEqual([])
  })

  test("clean ones pass", async () => {
    const result = await check({ files: ["logs/clean.log"] })
    expect(result).toMatchObject({ outcome: "passed", summary: "No personal data in 20 lines" })
    expect(said(result)).toEqual(["ok Personal data in logs/clean.log: none / none"])
  })

  test("bytes that are no text, and text of two bytes a letter", async () => {
    const result = await check({ files: ["one/*.txt"] })
    expect(tableOf(result, /^Found/)?.map(([where]) => where)).toEqual([
      "one/invalid.txt line 2",
      "one/wide.txt line 2",
    ])
  })

  test.each([
    [{ files: ["gone/**"] }, "a file of gone/** with text in it / no file matches"],
    [{ files: ["empty/*"] }, "a file of empty/* with text in it / 2 files, all of them empty or binary"],
    [{ files: ["logs/*"], exclude: ["logs/*"] }, "a file of logs/* with text in it / no file matches"],
  ])("of which nothing is looked at prove nothing: %j", async (config, words) => {
    expect(said(await check(config))).toEqual([`bad Text to look at: ${words}`])
  })

  test("one that is too large was not looked at, and that is a failure", async () => {
    const result = await check({ files: ["one/big.log", "logs/clean.log"], largest: "2KB" })
    expect(said(result)).toEqual([
      "bad Size of every file: 2KB at most / one/big.log has 3 KB and was not looked at",
      "ok Personal data in one/big.log, logs/clean.log: none / none",
    ])
  })

  test("what may be there is allowed with a reason, by domain or by kind", async () => {
    const allow = [{ pattern: "^4111[ 1]+$", reason: "A card number of the bank's tests" }]
    const result = await check({ files: ["logs/app.log"], allowDomains: ["corp.example"], allow })
    expect(result).toMatchObject({ outcome: "passed", summary: "No personal data in 13 lines (1 findings allowed)" })
    expect(tableOf(result, /^Allowed/)?.[0]?.at(-1)).toBe("A card number of the bank's tests")
    expectSilent(result)
    expect((await check({ files: ["logs/app.log"], kinds: ["iban", "ip"] })).outcome).toBe("passed")
  })

  test("patterns of one's own, and one that would take years", async () => {
    const patterns = [{ name: "customer number", pattern: 'msg":"request' }]
    const result = await check({ files: ["logs/clean.log"], patterns })
    expect(said(result)[0]).toMatch(/none \/ 20 findings: 20 times customer number; first at logs\/clean.log line 1$/)
    const slow = await check({ files: ["one/big.log"], patterns: [{ name: "slow", pattern: "(x+x+)+y" }] })
    expect(slow).toMatchObject({
      outcome: "errored",
      summary: "The pattern of “slow”: the pattern took longer than 200 ms",
    })
    const empty = await check({ files: ["one/big.log"], patterns: [{ name: "nothing", pattern: "y*" }] })
    expect(empty).toMatchObject({ outcome: "errored", summary: expect.stringContaining("also matches nothing") })
  })
})

describe("the output of a program", () => {
  const print = (...lines: string[]) => ["node", "print.mjs", ...lines]

  test("both outputs are looked at, and neither is shown", async () => {
    const said1 = '{"password":"hunter2-x"}'
    const result = await check({ command: ["node", "print.mjs"], env: { SAY: `${said1}\nssn 219-09-9999` } })
    expect(said(result)).toEqual([
      "ok Command: exit code: 0 / 0",
      "bad Personal data in the output of node print.mjs: none / 2 findings: 1 password, 1 national id; first at error output line 1",
    ])
    expectSilent({ ...result, blocks: result.blocks, log: result.log.replace(said1, "") })
    expect(result.log).not.toContain("request completed")
    expect(result.leftBehind).toEqual([])
    const again = await check({ command: ["node", "print.mjs"], env: { SAY: `${said1}\nssn 219-09-9999` } })
    expect(stableResult(again)).toEqual(stableResult(result))
  })

  test("a pattern that takes the blanks around it names the line of what it is for", async () => {
    const patterns = [{ name: "password of the test", pattern: "(^|\\s)canary-[0-9a-f]{8}(\\s|$)" }]
    const result = await check({ command: print("canary-0123abcd", "x canary-0123abcd y"), patterns })
    expect(tableOf(result, /^Found/)).toEqual([
      ["output line 21", "password of the test", "c… (15 characters)"],
      ["output line 22", "password of the test", "c… (15 characters)"],
    ])
  })

  test("clean output passes, in a folder of the checkout and with another exit code, too", async () => {
    expect((await check({ command: print("done") })).summary).toBe("No personal data in 21 lines")
    const config = { command: ["node", "../print.mjs"], directory: "logs", env: { CODE: "3" }, exitCode: 3 }
    expect(said(await check(config))[0]).toBe("bad Command: exit code: 3 / 1")
    expect((await check({ ...config, command: print("x"), directory: "." })).outcome).toBe("passed")
  })

  test("a program that fails shows its last lines, masked", async () => {
    const result = await check({
      command: ["node", "print.mjs"],
      env: { CODE: "4", SAY: "cannot mail ann.lee@corp.example" },
    })
    expect(said(result)[0]).toBe("bad Command: exit code: 0 / 4")
    const log = result.blocks.find(({ type }) => type === "log")
    expect(log).toMatchObject({ text: expect.stringContaining("cannot mail [a… (20 characters)]") })
    expectSilent(result)
  })

  test("no output, no program, no end, no commands", async () => {
    expect(said(await check({ command: ["node", "-e", ""] }))).toEqual([
      "ok Command: exit code: 0 / 0",
      "bad Text to look at: lines of a log / it wrote no text",
    ])
    expect(await check({ command: ["no-such-program"] })).toMatchObject({
      ...{ outcome: "errored", summary: "no-such-program could not be started: there is no such program" },
    })
    const endless = ["node", "-e", "console.log('ann.lee@corp.example'); setInterval(() => {}, 1000)"]
    const late = await check({ command: endless, timeout: "1s" })
    expect(said(late)[0]).toBe("bad Command: end: within 1 s / was not done by then and was ended")
    expect(late.tookMs).toBeLessThan(8_000)
    const off = await check({ command: print() }, { allowCommands: false })
    expect(off).toMatchObject({ outcome: "errored", summary: expect.stringContaining("COMMAND_CHECKS is off") })
    const ended = ["node", "-e", "console.log('x'); process.kill(process.pid, 'SIGTERM')"]
    expect(said(await check({ command: ended }))[0]).toBe("bad Command: exit code: 0 / none, ended by SIGTERM")
  })

  test("a stop ends it", async () => {
    const stop = new AbortController()
    setTimeout(() => stop.abort(new Error("enough")), 800)
    const result = await check({ command: ["node", "-e", "setInterval(() => {}, 1000)"] }, { signal: stop.signal })
    expect(result).toMatchObject({ outcome: "errored", summary: "Stopped before it ended", leftBehind: [] })
  })

  test("a line of 10 MB is looked at to its end; more than the limit is not", async () => {
    const result = await check({ command: ["node", "long.mjs"] })
    expect(tableOf(result, /^Found/)?.map(([where]) => where)).toEqual(["output line 1", "output line 2"])
    expect(result.tookMs).toBeLessThan(40_000)
    expect(said(await check({ command: ["node", "long.mjs"], largest: "1MB" }))).toEqual([
      "ok Command: exit code: 0 / 0",
      "bad Size of the output: 1MB at most / 9.6 MB, of which the rest was not looked at",
      "ok Personal data in the output of node long.mjs: none / none",
    ])
  })

  test("many findings are counted up to a limit, and the first are listed", async () => {
    const script = "for (let i = 0; i < 5000; i += 1) console.log('user' + i + '@corp.example')"
    const result = await check({ command: ["node", "-e", script] })
    expect(said(result)[1]).toMatch(
      /in the output of node -e …: none \/ at least 1,000 findings: 1000 e-mail addresses; first at output line 1$/,
    )
    expect(tableOf(result, /the first 100$/)).toHaveLength(100)
    expect(JSON.stringify(result.blocks).length).toBeLessThan(20_000)
  })
})

describe("what an address answers", () => {
  test("is looked at, in however many parts it comes", async () => {
    const config = { url: server.url("/log?token=abcdef0123456"), headers: { Authorization: "Bearer abcdef-0123456" } }
    const result = await check(config)
    expect(said(result)).toEqual([
      "ok Answer: status 2xx / status 200",
      `bad Personal data in the answer of ${server.url("/log")}: none / 2 findings: 1 access token, 1 e-mail address; first at line 3`,
    ])
    expectSilent(result, "abcdef-0123456")
    expect(stableResult(await check(config))).toEqual(stableResult(result))
  })

  test.each([
    ["/empty", "bad Text to look at: lines of a log / an empty answer"],
    ["/gone", "bad Answer: status 2xx / status 404"],
    ["/never", "bad Answer: status 2xx / none within 500 ms"],
  ])("%s proves nothing", async (path, words) => {
    const result = await check({ url: server.url(path), timeout: "500ms" })
    expect(result.outcome).toBe("failed")
    expect(said(result)).toContain(words)
  })

  test("nobody there, not allowed, too much, stopped", async () => {
    expect(said(await check({ url: "http://127.0.0.1:1/" }))).toEqual([
      expect.stringMatching(/^bad Answer: status 2xx \/ .*refused/),
    ])
    expect((await check({ url: server.url("/") }, { allowPrivateNetwork: false })).outcome).toBe("errored")
    expect((await check({ url: server.url("/huge") })).outcome).toBe("errored")
    const stop = new AbortController()
    setTimeout(() => stop.abort(new Error("enough")), 300)
    const stopped = await check({ url: server.url("/never") }, { signal: stop.signal })
    expect(stopped).toMatchObject({ outcome: "errored", leftBehind: [] })
  })
})

test("settings that say nothing to look at, or a pattern tied to the ends of a line", async () => {
  expect((await check({ kinds: ["email"] })).summary).toContain("must have a log to look at")
  const patterns = [{ name: "x", pattern: "^a" }]
  expect((await check({ files: ["a"], patterns })).summary).toContain("anywhere in a line")
})

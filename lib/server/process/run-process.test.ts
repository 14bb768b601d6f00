import { execFile } from "node:child_process"
import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import { promisify } from "node:util"
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest"
import { runProcess } from "./run-process"

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

const run = promisify(execFile)
let cwd: string
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), "golive-process-"))
})
afterAll(() => rm(cwd, { recursive: true, force: true }))

async function node(script: string, options: Partial<Parameters<typeof runProcess>[0]> = {}, ...args: string[]) {
  const lines: string[] = []
  const end = await runProcess({
    argv: [process.execPath, "--eval", script, "--", ...args],
    ...{ cwd, timeoutMs: 20_000, signal: new AbortController().signal },
    log: (stream, text) => lines.push(`${stream}:${text}`),
    ...options,
  })
  return { ...end, lines }
}

/** One that has ended and that nobody has asked about is still listed, as a zombie. */
const isAlive = async (pid: number) => {
  const state = await run("ps", ["-o", "stat=", "-p", String(pid)]).catch(() => ({ stdout: "" }))
  return /^[^Z\s]/.test(state.stdout.trim())
}

describe("what a program gets", () => {
  test("arguments reach it as they are", async () => {
    const tricks = ["$(touch owned)", "`id`", "a\nb", "'\"", "-rf", "; exit 3", "{{x}}", "*"]
    const { stdout, exitCode } = await node("console.log(JSON.stringify(process.argv.slice(1)))", {}, ...tricks)
    expect(JSON.parse(stdout)).toEqual(tricks)
    expect(exitCode).toBe(0)
  })

  test("of the environment only PATH, HOME and LANG, and what is given", async () => {
    process.env.GOLIVE_TEST_SECRET = "hidden"
    const { stdout } = await node("console.log(JSON.stringify(process.env))", { env: { GIVEN: "yes" } })
    delete process.env.GOLIVE_TEST_SECRET
    const env = JSON.parse(stdout) as Record<string, string>
    expect(
      Object.keys(env)
        .filter((name) => !["PWD", "SHLVL", "_"].includes(name))
        .sort(),
    ).toEqual(["GIVEN", "HOME", "LANG", "PATH"])
    expect(env.HOME).toBe(cwd)
  })
})

describe("how it ends", () => {
  test("with its exit code, or by a signal", async () => {
    expect(await node("process.exit(7)")).toMatchObject({ exitCode: 7, signal: null, endedBy: null })
    expect(await node("process.kill(process.pid, 'SIGABRT')")).toMatchObject({ exitCode: null, signal: "SIGABRT" })
  })

  test("after its time, even if it does not want to, and its children with it", async () => {
    const script = `
      const { spawn } = require("node:child_process")
      process.on("SIGTERM", () => {})
      const child = spawn(process.execPath, ["-e", "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)"], { stdio: "ignore" })
      require("node:fs").writeFileSync("pids", process.pid + " " + child.pid)
      setInterval(() => {}, 1000)`
    const end = await node(script, { timeoutMs: 700 })
    expect(end).toMatchObject({ endedBy: "timeout", timedOut: true, signal: "SIGKILL" })
    expect(end.tookMs).toBeLessThan(6_000)
    const pids = (await readFile(join(cwd, "pids"), "utf8")).split(" ").map(Number)
    await delay(100)
    expect(await Promise.all(pids.map(isAlive))).toEqual([false, false])
  })

  test("after too long a silence, but not while it speaks", async () => {
    const end = await node(
      "let n = 0; const t = setInterval(() => { console.log(n); if (++n === 5) clearInterval(t) }, 100); setTimeout(() => {}, 60000)",
      {
        inactivityTimeoutMs: 450,
      },
    )
    expect(end).toMatchObject({ endedBy: "inactivity", stdout: "0\n1\n2\n3\n4\n" })
  })

  test("when it is stopped, with the reason", async () => {
    const stop = new AbortController()
    const running = node("setInterval(() => {}, 1000)", { signal: stop.signal })
    await delay(200)
    const beganMs = performance.now()
    stop.abort(new Error("enough"))
    await expect(running).rejects.toThrow("enough")
    expect(performance.now() - beganMs).toBeLessThan(2_000)
  })

  test("though a child of its own keeps the pipe open; the child does not outlive it", async () => {
    const script = `
      const { spawn } = require("node:child_process")
      const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "inherit" })
      console.log(child.pid)
      process.exit(0)`
    const end = await node(script)
    expect(end.exitCode).toBe(0)
    expect(end.tookMs).toBeLessThan(5_000)
    await delay(100)
    expect(await isAlive(Number(end.stdout))).toBe(false)
  })

  test("that it could not begin is said in words", async () => {
    const signal = new AbortController().signal
    const request = { cwd, timeoutMs: 1_000, signal, log: () => {} }
    await expect(runProcess({ ...request, argv: ["no-such-program"] })).rejects.toThrow(
      "no-such-program could not be started: there is no such program",
    )
    await expect(runProcess({ ...request, argv: ["node"], cwd: join(cwd, "gone") })).rejects.toThrow("is not there")
  })
})

describe("what it writes", () => {
  test("characters cut between chunks are whole, broken ones replaced", async () => {
    const script = `
      const bytes = Buffer.from("grün 🚀")
      let i = 0
      const next = () => i < bytes.length ? process.stdout.write(bytes.subarray(i, ++i), () => setTimeout(next, 5)) : process.stdout.write(Buffer.from([0xff, 0x0a]))
      next()`
    expect((await node(script)).stdout).toBe("grün 🚀\ufffd\n")
  })

  test("colours stay, titles and cursor tricks go, wherever they are cut", async () => {
    const script = `
      const text = "\\x1b[31mred\\x1b[0m \\x1b]0;owned\\x07title \\x1b[2Jclear \\x1b]8;;http://x\\x1b\\\\\\\\link\\0\\n"
      let i = 0
      const next = () => { if (i < text.length) process.stdout.write(text[i++], () => setTimeout(next, 2)) }
      next()`
    expect((await node(script)).stdout).toBe("\u001b[31mred\u001b[0m title clear link\n".replace("link", "\\link"))
  })

  test("a flood is kept at both ends, counted in between, and never fills the memory", async () => {
    const script = `
      const piece = "x".repeat(1024 * 1024 - 1) + "\\n"
      process.stdout.write("begin\\n")
      let n = 0
      const next = () => { if (n++ < 60) process.stdout.write(piece, next); else process.stdout.write("end\\n") }
      next()`
    const end = await node(script, { outputLimitChars: 2 * 1024 * 1024 })
    expect(end.stdout.startsWith("begin\n")).toBe(true)
    expect(end.stdout.endsWith("end\n")).toBe(true)
    expect(end.stdout.length).toBeLessThan(4 * 1024 * 1024)
    expect(end.leftOutChars).toBeGreaterThan(50 * 1024 * 1024)
    expect(end.stdout).toContain("characters left out")
    const logged = end.lines.join("")
    expect(logged.length).toBeLessThan(5 * 1024 * 1024)
    expect(logged.split("\n").every((line) => line.length <= 16 * 1024 + 8)).toBe(true)
  })
})

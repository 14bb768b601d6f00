import { setTimeout as delay } from "node:timers/promises"
import { afterEach, beforeEach, expect, test } from "vitest"
import { processLives, readText, startTestHost, type TestHost } from "./testing/start-test-host"

let host: TestHost

beforeEach(async () => {
  host = await startTestHost()
})
afterEach(() => host.close())

test("starting twice is one process", async () => {
  const [first, second] = await Promise.all([
    host.client().start("blue", host.spec("blue")),
    host.client().start("blue", host.spec("blue")),
  ])
  const running = await host.client().waitUntilRunning("blue")
  const third = await host.client().start("blue", host.spec("blue"))
  expect([first.started, second.started].sort()).toEqual([false, true])
  expect(third).toMatchObject({ started: false, instance: { pid: running.pid, port: running.port } })
  const elsewhere = host.client().start("blue", { ...host.spec("blue"), directory: host.dataDirectory })
  await expect(elsewhere).rejects.toMatchObject({ code: "conflict" })
})

test("an application gets its own environment and PORT, not the host's secrets", async () => {
  process.env.HOST_SECRET_FOR_TEST = "secret"
  try {
    await host.client().start("blue", { ...host.spec("blue"), env: { NAME: "blue", PORT: "1" } })
    const { port } = await host.client().waitUntilRunning("blue")
    await host.client().setLive({ deploymentId: "blue" })
    const env: Record<string, string> = JSON.parse((await readText(host.proxyUrl("/env"))).body)
    expect(env).toMatchObject({ NAME: "blue", PORT: String(port), NODE_ENV: "production" })
    expect(env).not.toHaveProperty("HOST_SECRET_FOR_TEST")
  } finally {
    delete process.env.HOST_SECRET_FOR_TEST
  }
})

test("a live instance that crashes is started again, and its log goes on", async () => {
  await host.goLive("blue")
  const before = await host.client().instance("blue")
  await fetch(host.proxyUrl("/crash"), { method: "POST" })
  await expect.poll(async () => (await readText(host.proxyUrl("/"))).body, { timeout: 5_000 }).toBe("blue")
  const after = await host.client().waitUntilRunning("blue")
  expect(after.pid).not.toBe(before.pid)
  expect(after.restarts).toBe(1)
  const { lines } = await host.client().logs("blue")
  expect(lines.filter((line) => line === "application blue listens")).toHaveLength(2)
  expect((await host.client().state()).switches).toHaveLength(1)
})

test("an instance that is not live stays down after a crash", async () => {
  const { port } = await host.run("blue")
  await fetch(`http://127.0.0.1:${port}/crash`).catch(() => undefined)
  await delay(700)
  expect(await host.client().instance("blue")).toMatchObject({ status: "exited", pid: null, exit: { code: 7 } })
})

test("removing ends the whole process group; a live one is refused; an unknown one is no error", async () => {
  const command = ["sh", "-c", `"${process.execPath}" application.mjs & echo child $!; wait`]
  await host.client().start("group", { ...host.spec("group"), command })
  await host.client().waitUntilRunning("group")
  const { lines } = await host.client().logs("group")
  const child = Number(lines.find((line) => line.startsWith("child "))?.slice("child ".length))
  expect(processLives(child)).toBe(true)
  expect(await host.client().remove("group")).toEqual({ removed: true })
  await expect.poll(() => processLives(child), { timeout: 5_000 }).toBe(false)
  expect(await host.client().remove("group")).toEqual({ removed: false })

  await host.goLive("blue")
  await expect(host.client().remove("blue")).rejects.toMatchObject({ code: "conflict" })
})

test("a command that does not exist is told as the reason", async () => {
  await host.client().start("none", { ...host.spec("none"), command: ["no-such-program-here"] })
  await expect(host.client().waitUntilRunning("none")).rejects.toMatchObject({
    code: "start_failed",
    message: expect.stringContaining("ENOENT"),
  })
})

test("a host that starts again brings the live version back and keeps what it knew", async () => {
  await host.goLive("blue")
  await host.goLive("green")
  await host.client().setMaintenance({ on: true, message: "Moving house" })
  const before = await host.client().state()
  const pids = before.instances.map(({ pid }) => Number(pid))
  await host.reopen()
  expect(pids.map(processLives)).toEqual([false, false])
  await host.client().waitUntilRunning("green")
  const after = await host.client().state()
  expect(after).toMatchObject({
    live: before.live,
    previous: before.previous,
    switches: before.switches,
    maintenance: before.maintenance,
  })
  await host.client().setMaintenance({ on: false })
  expect((await readText(host.proxyUrl("/"))).body).toBe("green")
  expect(await host.client().instance("blue")).toMatchObject({ status: "exited", pid: null })
  await host.goLive("blue")
  expect((await readText(host.proxyUrl("/"))).body).toBe("blue")
})

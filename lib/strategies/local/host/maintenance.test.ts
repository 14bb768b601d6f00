import { mkdir, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { readText, startTestHost, type TestHost } from "./testing/start-test-host"

let host: TestHost
let flag: string

beforeEach(async () => {
  host = await startTestHost()
  flag = join(host.dataDirectory, "maintenance.flag")
  await host.goLive("blue")
})
afterEach(() => host.close())

const status = async (init?: RequestInit) => (await readText(host.proxyUrl("/"), init)).status

test("on over HTTP: JSON for programs, a page for browsers, 503 with Retry-After for all", async () => {
  const message = `Back <soon> & "well"`
  expect(await host.client().setMaintenance({ on: true, message })).toMatchObject({ on: true, by: ["http"], message })
  const api = await readText(host.proxyUrl("/api/ping"), { headers: { accept: "text/html" } })
  expect(api.status).toBe(503)
  expect(Number(api.headers.get("retry-after"))).toBeGreaterThan(0)
  expect(JSON.parse(api.body)).toEqual({ error: "maintenance", message })
  const page = await readText(host.proxyUrl("/"), { headers: { accept: "text/html,*/*" } })
  expect(page.status).toBe(503)
  expect(page.body).toContain("Back &#60;soon&#62; &#38;")
  expect(await status({ method: "POST", body: "x".repeat(300_000) })).toBe(503)
  expect(await status({ method: "HEAD" })).toBe(503)

  expect(await host.client().setMaintenance({ on: false })).toMatchObject({ on: false, by: [], since: null })
  expect(await status()).toBe(200)
})

test("the bypass token passes and is not shown to the application; another token does not pass", async () => {
  const { bypassToken } = await host.client().setMaintenance({ on: true })
  expect(await status({ headers: { "X-Golive-Bypass": "wrong" } })).toBe(503)
  const passed = await readText(host.proxyUrl("/echo"), { headers: { "X-Golive-Bypass": bypassToken } })
  expect(passed.status).toBe(200)
  expect(passed.body).not.toContain(bypassToken)
})

test("turning it on twice keeps its beginning, with the newer message", async () => {
  const first = await host.client().setMaintenance({ on: true, message: "one" })
  const second = await host.client().setMaintenance({ on: true, message: "two" })
  expect(second).toMatchObject({ since: first.since, message: "two" })
})

test("the flag file alone turns it on, with its content as the message, and off when it is gone", async () => {
  await writeFile(flag, "From the file\n")
  await expect.poll(status).toBe(503)
  expect(await host.client().maintenance()).toMatchObject({ on: true, by: ["file"], message: "From the file" })
  await writeFile(flag, "Another text\n")
  await expect.poll(async () => (await host.client().maintenance()).message).toBe("Another text")
  await rm(flag)
  await expect.poll(status).toBe(200)
})

test("both ways add up: off needs both", async () => {
  await host.client().setMaintenance({ on: true, message: "Over HTTP" })
  await writeFile(flag, "")
  await expect.poll(async () => (await host.client().maintenance()).by).toEqual(["http", "file"])
  expect((await host.client().maintenance()).message).toBe("Over HTTP")
  await host.client().setMaintenance({ on: false })
  expect(await status()).toBe(503)
  await rm(flag)
  await expect.poll(status).toBe(200)
})

test("a flag that cannot be read still counts as on", async () => {
  await mkdir(flag)
  await expect.poll(status).toBe(503)
  await rm(flag, { recursive: true })
  await expect.poll(status).toBe(200)
})

import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest"
import { createLocalHostClient } from "../../lib/strategies/local/host/client"
import { type StartedLocalHost, startLocalHost } from "./start-local-host"
import { checkOutVersion } from "./testing/check-out-version"

let root: string
let directory: string
let dataDirectory: string
let host: StartedLocalHost

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "golive-host-"))
  directory = await checkOutVersion(root, "v1.1.0")
}, 30_000)
afterAll(() => rm(root, { recursive: true, force: true }))

beforeEach(async () => {
  dataDirectory = await mkdtemp(join(root, "data-"))
  host = await startLocalHost({ dataDirectory, adminToken: "token" })
}, 30_000)
afterEach(() => host.stop())

const client = () => createLocalHostClient({ adminUrl: host.adminUrl, token: "token" })

async function deploy(deploymentId: string) {
  await client().start(deploymentId, { directory, command: ["npm", "start"], version: "1.1.0" })
  const instance = await client().waitUntilRunning(deploymentId)
  await client().setLive({ deploymentId })
  return instance
}

function groupLives(pid: number | null): boolean {
  try {
    process.kill(-Number(pid), 0)
    return true
  } catch {
    return false
  }
}

test("it serves the sample service, and stopping it leaves no process behind within 3 s", async () => {
  const instance = await deploy("d-1")
  const response = await fetch(`${host.proxyUrl}/health`)
  expect(response.headers.get("x-served-version")).toBe("1.1.0")
  expect(await response.json()).toMatchObject({ status: "ok", version: "1.1.0" })
  const began = performance.now()
  await host.stop()
  expect(performance.now() - began).toBeLessThan(3_000)
  await expect.poll(() => groupLives(instance.pid), { timeout: 5_000 }).toBe(false)
  await expect(fetch(`http://127.0.0.1:${instance.port}/health`)).rejects.toThrow()
}, 30_000)

test("after a crash of the host, its next start ends what was left and brings the live version back", async () => {
  const left = await deploy("d-1")
  await host.kill()
  expect((await fetch(`http://127.0.0.1:${left.port}/health`)).status).toBe(200)
  host = await startLocalHost({ dataDirectory, adminToken: "token" })
  await expect(fetch(`http://127.0.0.1:${left.port}/health`)).rejects.toThrow()
  const back = await client().waitUntilRunning("d-1")
  expect(back.pid).not.toBe(left.pid)
  expect((await fetch(`${host.proxyUrl}/health`)).status).toBe(200)
  expect((await client().state()).switches).toHaveLength(1)
}, 30_000)

test("a second host on the same port fails, and the first goes on undisturbed", async () => {
  const instance = await deploy("d-1")
  const proxyPort = Number(new URL(host.proxyUrl).port)
  await expect(startLocalHost({ dataDirectory, proxyPort })).rejects.toThrow("did not start")
  expect((await client().instance("d-1")).pid).toBe(instance.pid)
  expect((await fetch(`${host.proxyUrl}/health`)).status).toBe(200)
}, 30_000)

import { execFile } from "node:child_process"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { chromium } from "@playwright/test"
import { afterAll, beforeAll, expect, test } from "vitest"
import { freePort } from "@/lib/testing/servers/free-port"
import { type ContainerEngine, startContainerEngine } from "@/lib/testing/servers/start-container-engine"
import { chromiumOptions } from "../fixtures/chromium"
import { importBaseImages } from "./import-base-images"

const run = promisify(execFile)
const source = fileURLToPath(new URL("../..", import.meta.url))
let engine: ContainerEngine
let root: string

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "golive-image-"))
  engine = await startContainerEngine()
}, 120_000)

afterAll(async () => {
  await engine?.stop()
  await rm(root, { recursive: true, force: true })
}, 120_000)

test("the console's image is built, its compose file brings it up with a server each, and it is opened in a browser", {
  timeout: 1_500_000,
}, async () => {
  const images = await importBaseImages(root, join(source, "node_modules"), engine.docker)
  await engine.docker(
    ...["build", "--network", "host", "--target", "web", "--tag", "golive:local"],
    ...["--build-arg", `NODE_IMAGE=${images.node}`, source],
  )
  const port = await freePort()
  const baseUrl = `http://127.0.0.1:${port}`
  const env = {
    NODE_ENV: process.env.NODE_ENV,
    PATH: process.env.PATH,
    HOME: root,
    DOCKER_HOST: engine.host,
    POSTGRES_IMAGE: images.postgres,
    REDIS_IMAGE: images.redis,
    POSTGRES_PASSWORD: "for-this-test-only",
    NEXTAUTH_URL: baseUrl,
    NEXTAUTH_SECRET: "bm90LWEtc2VjcmV0LW9mLWFueWJvZHktYXQtYWxsLi4=",
    GOLIVE_SECRET_KEY: "bm90LWEtc2VjcmV0LW9mLWFueWJvZHktYXQtYWxsLi4=",
    PORT: String(port),
  }
  const compose = (...args: string[]) =>
    run("docker-compose", ["--project-name", "golive-image-test", ...args], { cwd: source, env, maxBuffer: 1e8 })
  try {
    // Compose of either generation: the first knows no --wait.
    await compose("up", "--detach", "--no-build", "--scale", "worker=2")
    await expect.poll(() => statusOf(`${baseUrl}/api/v1/health`), { timeout: 240_000, interval: 1_000 }).toBe(200)
    const isHealthy = async () =>
      (await engine.docker("ps", "--format", "{{.Names}} {{.Status}}")).match(/\(healthy\)/g)
    await expect.poll(async () => (await isHealthy())?.length, { timeout: 120_000, interval: 1_000 }).toBe(5)
    const setup = await compose("exec", "-T", "web", "id", "-u")
    expect(setup.stdout.trim(), "it does not run as root").toBe("10001")
    const browser = await chromium.launch(chromiumOptions())
    try {
      const page = await browser.newPage()
      await page.goto(baseUrl)
      await page.getByRole("heading").first().waitFor()
      expect(page.url()).toContain("/signin")
      const { stdout: said } = await compose("logs", "--no-color", "migrate")
      await page.goto(/http:\S+\/setup\/\S+/.exec(said)?.[0] ?? "no link was printed")
      await page.getByLabel("Name").fill("Ada Admin")
      await page.getByLabel("E-mail").fill("ada@example.com")
      await page.getByLabel("Password", { exact: true }).fill("a long enough passphrase for this test")
      await page.getByRole("button", { name: "Create the account" }).click()
      await page.getByRole("banner").waitFor()
      if (process.env.SCREENSHOT) await page.screenshot({ path: process.env.SCREENSHOT })
    } finally {
      await browser.close()
    }
    const { stdout: workers } = await compose("logs", "--no-color", "worker")
    expect(workers.match(/the worker is ready/g)).toHaveLength(2)
    expect(workers, "both reach the queue and the database").not.toMatch(/"level":"(warn|error)"/)
  } finally {
    const { stdout } = await compose("logs", "--no-color", "--tail", "20").catch(() => ({ stdout: "" }))
    process.stdout.write(stdout)
    await compose("down", "--volumes", "--timeout", "5").catch(() => undefined)
  }
})

function statusOf(url: string): Promise<number> {
  return fetch(url).then(
    ({ status }) => status,
    () => 0,
  )
}

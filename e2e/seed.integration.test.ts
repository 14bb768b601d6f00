import { mkdtemp, readFile, rm, stat } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { topicKeys } from "@/lib/domain/notification/topics"
import { prisma } from "@/lib/server/db"
import { type Env, readEnv } from "@/lib/server/env"
import { isSetupLinkOpen, setUpFirstAdmin } from "@/lib/server/people/set-up-first-admin"
import { signIn } from "@/lib/server/people/sign-in"
import { closeConsole } from "@/lib/testing/world/close-console"
import { seed } from "@/prisma/seed/seed"
import { createSampleRepository } from "./sample-service/create-repository"
import { type StartedLocalHost, startLocalHost } from "./sample-service/start-local-host"

let directory: string
let host: StartedLocalHost
let demo: Env
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "golive-seed-"))
  const { directory: repository } = await createSampleRepository({ directory: join(directory, "repository") })
  host = await startLocalHost({ dataDirectory: join(directory, "host"), adminToken: "secret" })
  demo = readEnv({
    ...process.env,
    GOLIVE_SEED: "demo",
    GOLIVE_DATA_DIR: join(directory, "data"),
    LOCAL_HOST_ADMIN_URL: host.adminUrl,
    LOCAL_HOST_ADMIN_TOKEN: "secret",
    LOCAL_HOST_PROXY_URL: host.proxyUrl,
    SAMPLE_REPOSITORY: repository,
  })
})
afterAll(async () => {
  await host.stop()
  await closeConsole()
  await rm(directory, { recursive: true, force: true })
})

const nobody = { person: null, tokenScopes: null, tokenId: null, address: null, userAgent: null }

test("a server gets a one-time link; the first administrator uses it once", async () => {
  const server = readEnv({
    ...process.env,
    GOLIVE_DATA_DIR: join(directory, "server"),
    NEXTAUTH_URL: "https://go.example",
  })
  await seed(server)
  await seed(server)
  expect(await prisma.user.count()).toBe(0)
  const path = join(directory, "server", "setup-link.txt")
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  const link = (await readFile(path, "utf8")).trim()
  expect(link).toMatch(/^https:\/\/go\.example\/setup\/[\w-]{40,}$/)
  const token = link.split("/").at(-1) ?? ""
  expect(await isSetupLinkOpen(token)).toBe(true)
  const body = { token, email: "First@Example.test", name: "First", password: "long enough 123" }
  expect(await setUpFirstAdmin(nobody, { ...body, password: "short" })).toMatchObject({
    refusal: { field: "password" },
  })
  const both = await Promise.all([
    setUpFirstAdmin(nobody, body),
    setUpFirstAdmin(nobody, { ...body, email: "b@example.test" }),
  ])
  expect(both.filter((answer) => answer.ok)).toHaveLength(1)
  expect(await prisma.user.count()).toBe(1)
  expect(await isSetupLinkOpen(token)).toBe(false)
  await seed(server)
  await expect(stat(path)).rejects.toThrow()
})

test("the sample team is never seeded for a console that others can reach", async () => {
  await expect(seed({ ...demo, NEXTAUTH_URL: "https://go.example" })).rejects.toThrow(/only seeded on this machine/)
})

test("the demo has a team, a playbook, a live version and a release; again changes nothing", async () => {
  await seed(demo)
  const first = JSON.parse(await readFile(join(demo.GOLIVE_DATA_DIR, "accounts.json"), "utf8"))
  expect(first).toHaveLength(7)
  expect((await stat(join(demo.GOLIVE_DATA_DIR, "accounts.json"))).mode & 0o777).toBe(0o600)
  for (const { email, password } of first) {
    expect(await signIn({ email, password, address: "127.0.0.1" }), email).toMatchObject({ ok: true })
  }
  const health = await (await fetch(`${host.proxyUrl}/health`)).json()
  expect(health.version).toBe("1.0.0")
  const release = await prisma.release.findFirstOrThrow({ where: { service: { key: "postd" } } })
  expect(release).toMatchObject({ name: "POSTD 1.1.0", version: "1.1.0", status: "preparing" })
  const counts = () =>
    Promise.all([
      prisma.user.count(),
      prisma.release.count(),
      prisma.playbookVersion.count(),
      prisma.environment.count(),
      prisma.channelRoute.count(),
    ])
  const before = await counts()
  expect(before.at(-1), "the console's pages tell of all but what customers are told").toBe(topicKeys.length - 1)
  await seed(demo)
  expect(await counts()).toEqual(before)
  expect(JSON.parse(await readFile(join(demo.GOLIVE_DATA_DIR, "accounts.json"), "utf8"))).toEqual(first)
})

test("unknown and wrong look the same, and guessing is stopped", async () => {
  const guess = (email: string) => signIn({ email, password: "wrong", address: "203.0.113.9" })
  expect(await guess("nobody@postd.example")).toEqual(await guess("viewer@postd.example"))
  for (let n = 0; n < 8; n++) await guess("viewer@postd.example")
  expect(await guess("viewer@postd.example")).toEqual({ ok: false, reason: "too_many" })
})

import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { runGit } from "@/lib/server/checkout/run-git"
import { startDeploy } from "@/lib/server/deploy/start-deploy"
import { setFlag } from "@/lib/server/flags/set-flag"
import { startRollback } from "@/lib/server/rollback/start-rollback"
import { expectDone } from "@/lib/testing/world/releases"
import { startWorld, type World } from "@/lib/testing/world/start-world"

let world: World
let envFile: string
let id: string

beforeAll(async () => {
  world = await startWorld({ queue: "postgres" })
  envFile = join(world.root, "service.env")
  await writeFile(envFile, "FEATURE_FLAG_CHECKOUT=true\n")
  await world.changeEnvironment((config) => ({
    ...config,
    flags: [
      {
        key: "checkout",
        title: "New checkout",
        kind: "env-file",
        config: { path: envFile, name: "FEATURE_FLAG_CHECKOUT" },
      },
      { key: "gone", title: "Gone", kind: "env-file", config: { path: "/nonexistent/file", name: "X" } },
      {
        key: "secret",
        title: "Without its secret",
        kind: "unleash",
        config: { url: "http://127.0.0.1:9", token: "{{secret.NONE}}", environment: "p", feature: "f" },
      },
    ],
    revert: { mode: "branch", base: "main" },
  }))
  await world.startWorker()
  id = await world.readyRelease("1.1.0")
  expectDone(await startDeploy(await world.as("devops"), id, {}))
  await world.until(id, "it is watched", ({ status }) => status === "watching", 120_000)
}, 240_000)
afterAll(() => world?.close())

test("a flag is turned off by a worker, told by its provider, and on again, while the version stays live", async () => {
  const ops = await world.as("ops")
  for (const on of [false, true]) {
    expectDone(await setFlag(ops, id, "checkout", { on, reason: "Checkout fails for some" }))
    const { flags, live, status } = await world.until(id, "it is turned", (s) => s.flags.checkout?.on === on, 30_000)
    expect(flags.checkout).toMatchObject({ runId: null, problem: null, by: expect.any(String) })
    expect(flags.checkout?.tookMs).toBeGreaterThanOrEqual(0)
    expect([live?.version, status]).toEqual(["1.1.0", "watching"])
    expect(await readFile(envFile, "utf8")).toBe(`FEATURE_FLAG_CHECKOUT=${on}\n`)
  }
})

test("what cannot be turned says why, and a person may try again", async () => {
  const ops = await world.as("ops")
  for (const [key, words] of [
    ["gone", "cannot be read (ENOENT)"],
    ["secret", "NONE"],
  ] as const) {
    expectDone(await setFlag(ops, id, key, { on: false, reason: "x" }))
    const { flags } = await world.until(id, "it has ended", (s) => s.flags[key]?.problem != null, 30_000)
    expect(flags[key]).toMatchObject({ on: null, runId: null, problem: expect.stringContaining(words) })
  }
  expect(await setFlag(ops, id, "unknown", { on: false, reason: "x" })).toMatchObject({
    refusal: { code: "not_found" },
  })
  expect(await setFlag(await world.as("viewer"), id, "checkout", { on: false, reason: "x" })).toMatchObject({
    refusal: { code: "forbidden" },
  })
})

test("the release's commits are taken back, that is deployed and verified, and stands where users get it", async () => {
  const before = await world.host.state()
  const reason = "The data is wrong"
  expectDone(await startRollback(await world.as("ops"), id, { reason, option: "git_revert" }))
  const state = await world.until(id, "it is rolled back", ({ status }) => status === "rolled_back", 120_000)
  expect(state.rollback).toMatchObject({ status: "done", option: "git_revert", reason })
  const { to } = state.rollback ?? {}
  const git = (...args: string[]) =>
    runGit(args, { directory: world.repository.directory, signal: AbortSignal.timeout(10_000) }).then((text) =>
      text.trim(),
    )
  const branch = (await git("for-each-ref", "--format=%(refname:short)", "refs/heads/golive")).split("\n")
  expect(branch).toHaveLength(1)
  expect(to).toEqual({
    deploymentId: expect.stringMatching(/^revert-/),
    version: "1.0.0",
    commit: await git("rev-parse", branch[0] ?? ""),
  })
  expect(await git("rev-parse", `${to?.commit}^{tree}`)).toBe(await git("rev-parse", "v1.0.0^{tree}"))
  const after = await world.host.state()
  expect([after.live?.deploymentId, after.switches.length]).toEqual([to?.deploymentId, before.switches.length + 1])
  expect(await (await fetch(`${world.proxyUrl}/health`)).json()).toMatchObject({ version: "1.0.0" })
  const events = await world.timeline(id)
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1))
}, 180_000)

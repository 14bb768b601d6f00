import { afterEach, beforeEach, expect, test } from "vitest"
import type { StrategyEffect } from "@/lib/contracts/strategy-effect"
import type { DeployedVersion } from "@/lib/domain/release/state"
import { type StrategyCall, StrategyFailure } from "../contract"
import { plan } from "./plan"
import { DOMAIN, TOKEN } from "./server.trial.fixture"
import { startVercelTrial } from "./trial.fixture"

let trial: Awaited<ReturnType<typeof startVercelTrial>>
beforeEach(async () => {
  trial = await startVercelTrial()
})
afterEach(async () => {
  // Whatever went wrong, the token is in no line.
  expect(trial.lines.join("\n")).not.toContain(TOKEN)
  await trial.close()
})

const live = () => trial.createTarget().live(new AbortController().signal)
const act = (effect: StrategyEffect, wanted = trial.second, change: Partial<StrategyCall> = {}) =>
  trial.createTarget().execute(effect, trial.call(wanted, change))
const inspect = (effect: StrategyEffect, wanted = trial.second) =>
  trial.createTarget().inspect(effect, trial.call(wanted))
const creations = () =>
  trial.vercel.requests.filter(({ method, path }) => method === "POST" && path === "/v13/deployments")
async function deploy(wanted = trial.second): Promise<void> {
  for (const { effect, timeoutMs } of plan(trial.config).deploy) await act(effect, wanted, { timeoutMs })
}
async function failure(work: Promise<unknown>): Promise<StrategyFailure> {
  const error = await work.then(
    () => new Error("it did not fail"),
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(StrategyFailure)
  expect(String(error)).not.toContain(TOKEN)
  return error as StrategyFailure
}

test("a commit is built and followed, each line of its log once, and becomes live by its promotion", async () => {
  expect(await live()).toBeNull()
  await act("deploy")
  await act("build")
  expect(await live()).toBeNull()
  expect(trial.lines.filter((line) => line.startsWith("out Building"))).toHaveLength(1)
  expect(trial.lines).toContain("err a warning\n")
  await act("promote")
  const confirmed = await act("confirm")
  const version: DeployedVersion = { deploymentId: "d-1.1.0", version: "1.1.0", commit: "b".repeat(40) }
  expect(confirmed).toMatchObject({ live: version, summary: `${DOMAIN} leads to 1.1.0 (d-1.1.0)` })
  expect(await live()).toEqual(version)
  expect(JSON.parse(creations()[0]?.body ?? "")).toMatchObject({
    target: "production",
    gitSource: { type: "github", org: "acme", repo: "shop", ref: "v1.1.0", sha: "b".repeat(40) },
  })
})

test("accepted, but it never became live: said with what is, after the time that it may take", async () => {
  await deploy(trial.first)
  await act("deploy")
  await act("build")
  trial.vercel.misbehave({ lies: true })
  await act("promote")
  const told = await failure(act("confirm", trial.second, { timeoutMs: 300 }))
  expect(told.message).toBe("Accepted, but it never became live: 1.0.0 (d-1.0.0) is live after 0 s")
  expect(trial.vercel.switches()).toBe(1)
})

test("a promotion that Vercel gives up is not waited for", async () => {
  await deploy(trial.first)
  await act("deploy")
  await act("build")
  trial.vercel.misbehave({ aliasFails: true })
  await act("promote")
  expect((await failure(act("confirm"))).message).toContain("could not lead the domains to it; 1.0.0 (d-1.0.0) is live")
})

test("a build that fails says so; one that does not end is ended by its limit", async () => {
  trial.vercel.misbehave({ build: "ERROR" })
  await act("deploy")
  expect((await failure(act("build"))).message).toContain("ended as ERROR")
  trial.vercel.misbehave({ build: "never" })
  await act("deploy", trial.first)
  expect((await failure(act("build", trial.first, { timeoutMs: 100 }))).message).toContain("still BUILDING")
})

test("an answer that was lost leaves one deployment, found again by this worker and by another", async () => {
  trial.vercel.misbehave({ dropAfter: /^POST \/v13\/deployments$/ })
  expect((await act("deploy")).summary).toContain("created")
  expect(await inspect("deploy")).toMatchObject({ answer: "done" })
  expect((await act("deploy")).summary).toContain("found again")
  expect([creations().length, trial.vercel.deployments.size]).toEqual([1, 1])
})

test("a promotion whose answer was lost is waited for and not asked for twice", async () => {
  await act("deploy")
  await act("build")
  trial.vercel.misbehave({ dropAfter: /\/promote\// })
  await failure(act("promote"))
  expect(await inspect("promote")).toMatchObject({ answer: "done" })
  await act("confirm")
  expect(trial.vercel.switches()).toBe(1)
})

test("what nobody asked for yet is untouched", async () => {
  expect(await inspect("deploy")).toMatchObject({ answer: "untouched", live: null })
  await act("deploy")
  await act("build")
  expect(await inspect("promote")).toMatchObject({ answer: "untouched" })
})

test("a deployment of long ago is found on a later page", async () => {
  await deploy(trial.first)
  for (let n = 0; n < 5; n += 1) await act("deploy", { ...trial.second, deploymentId: `d-other-${n}` })
  expect(await inspect("confirm", trial.first)).toMatchObject({ answer: "done" })
})

test("back to what was live: without a build, and to one that others had deployed", async () => {
  await deploy(trial.first)
  await deploy()
  const before = creations().length
  const [first] = trial.vercel.deployments.keys()
  for (const deploymentId of ["d-1.0.0", first ?? ""]) {
    await act("promote", { ...trial.first, deploymentId })
    await act("confirm", { ...trial.first, deploymentId })
    expect(await live()).toMatchObject({ version: "1.0.0" })
    await act("promote")
    await act("confirm")
  }
  expect(creations()).toHaveLength(before)
  expect(trial.vercel.requests.some(({ path }) => path.startsWith("/v1/projects/prj_shop/rollback/"))).toBe(true)
})

test("a project that assigns its domains by itself: what is live already is not promoted again", async () => {
  trial.vercel.misbehave({ autoAssign: true })
  await act("deploy")
  await act("build")
  expect(await live()).toMatchObject({ version: "1.1.0" })
  expect(await act("promote")).toMatchObject({ live: { version: "1.1.0" }, summary: `${DOMAIN} leads to it already` })
  expect(trial.vercel.requests.some(({ path }) => path.includes("/promote/"))).toBe(false)
})

test("429 is waited for as long as it asks; a page that is cut off is read again; both are within the step", async () => {
  trial.vercel.misbehave({ answer: { path: /projects/, status: 429, headers: { "retry-after": "1" }, times: 1 } })
  await act("deploy")
  expect(trial.lines.join("")).toContain("it answered 429; tried again in 1 s")
  trial.vercel.misbehave({ answer: { path: /deployments\/dpl/, status: 200, body: '{"id": "dpl_', times: 1 } })
  expect(await failure(act("build"))).toMatchObject({ transient: true, message: "Vercel's answer is not a deployment" })
  trial.vercel.misbehave({ answer: { path: /deployments\/dpl/, status: 502, times: 1 } })
  await act("build")
})

test.each([
  [401, "refuses the token, or what it may do with project prj_shop of team team_acme: 401 (no)"],
  [403, "refuses the token"],
  [404, "does not know it in team team_acme"],
  [400, "answered 400 (no)"],
])("%i is said, and does not pass by itself", async (status, words) => {
  trial.vercel.misbehave({ answer: { path: /projects|deployments/, status, times: 99 } })
  const told = await failure(act("deploy"))
  expect([told.transient, told.message.includes(words)], told.message).toEqual([false, true])
})

test("aborted by a person, the build is cancelled; handed over to another worker, it goes on", async () => {
  trial.vercel.misbehave({ build: "never" })
  await act("deploy")
  const [build] = [...trial.vercel.deployments.values()]
  for (const given of [false, true]) {
    const stop = new AbortController()
    const building = act("build", trial.second, { signal: stop.signal, isGivenUp: () => given })
    setTimeout(() => stop.abort(new Error("stopped")), 80)
    await expect(building).rejects.toThrow("stopped")
    expect(build?.cancelled).toBe(given)
  }
  expect(trial.lines.join("")).toContain("was cancelled")
})

test("a domain that is not the project's is found out, and not taken for a service that was never live", async () => {
  await deploy(trial.first)
  const { createTarget } = await import("./target")
  const { createPlatformRequest } = await import("@/lib/server/http/platform-request")
  const target = createTarget(
    { ...(trial.config as object), domain: "other.example.com" },
    {
      ...{ workDirectory: "/", repository: "r", publicUrl: "https://x/", runProcess: () => Promise.reject() },
      ...{ request: () => Promise.reject(), platform: createPlatformRequest({ allowPrivateNetwork: true }) },
    },
  )
  await expect(target.live(new AbortController().signal)).rejects.toThrow("other.example.com leads to no deployment")
})

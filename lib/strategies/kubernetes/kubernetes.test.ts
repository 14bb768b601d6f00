import { execFile } from "node:child_process"
import { existsSync } from "node:fs"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import type { StrategyEffect } from "@/lib/contracts/strategy-effect"
import { type StrategyCall, StrategyFailure } from "../contract"
import { TOKEN } from "./cluster.trial.fixture"
import { plan } from "./plan"
import { startKubernetesTrial } from "./trial.fixture"

const run = promisify(execFile)
let trial: Awaited<ReturnType<typeof startKubernetesTrial>>
beforeEach(async () => {
  trial = await startKubernetesTrial()
})
afterEach(async () => {
  // Whatever went wrong, the token is in no line.
  expect(trial.lines.join("\n")).not.toContain(TOKEN)
  await trial.close()
})

type Other = Record<string, unknown>
const live = (other: Other = {}) => trial.createTarget(other).live(new AbortController().signal)
const act = (effect: StrategyEffect, wanted = trial.second, change: Partial<StrategyCall> = {}, other: Other = {}) =>
  trial.createTarget(other).execute(effect, trial.call(wanted, change))
const inspect = (effect: StrategyEffect, wanted = trial.second, other: Other = {}) =>
  trial.createTarget(other).inspect(effect, trial.call(wanted))
const patches = () => trial.cluster.requests.filter((line) => line.startsWith("PATCH")).length
const shop = () => trial.cluster.stored.get("Deployment prod/shop")
async function deploy(wanted = trial.second, other: Other = {}): Promise<void> {
  for (const { effect, timeoutMs } of plan({ ...trial.config, ...other }).deploy)
    await act(effect, wanted, { timeoutMs }, other)
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

test("the named container gets its image, the others keep theirs, and pods tell what is live", async () => {
  expect(await live()).toMatchObject({ version: "0.9", commit: null })
  trial.cluster.trouble({ holds: true })
  await act("deploy")
  expect(await live()).toMatchObject({ version: "0.9" })
  trial.cluster.trouble({})
  await act("rollout")
  expect(await act("confirm")).toMatchObject({
    live: { deploymentId: "d-1.1.0", version: "1.1.0", commit: "b".repeat(40) },
  })
  expect(shop()?.template.spec.containers).toEqual([
    { name: "web", image: "registry.local:5000/shop:1.1.0" },
    { name: "proxy", image: "envoy:1" },
  ])
  expect(shop()?.annotations["kubernetes.io/change-cause"]).toBe("golive: 1.1.0 (d-1.1.0)")
  expect(trial.lines.join("")).toContain("2 of 2 replicas are new and available")
})

test("told twice, the cluster is changed once; somebody else's write in between is no reason to fail", async () => {
  trial.cluster.trouble({ conflicts: 2, holds: true })
  await act("deploy")
  expect(patches()).toBe(3)
  await act("deploy")
  expect([patches(), shop()?.generation]).toEqual([3, 2])
  expect(await inspect("deploy")).toMatchObject({
    answer: "done",
    words: `1 of 1 workloads were told; 0.9 (images-${(await live())?.deploymentId.slice(7)}) is live`,
  })
})

test("a patch whose answer was lost is found done", async () => {
  trial.cluster.trouble({ dropAfter: /^PATCH/ })
  await act("deploy")
  expect(shop()?.generation).toBe(2)
  expect(await inspect("deploy")).toMatchObject({ answer: "done" })
})

test("several workloads, kinds and namespaces: all are told, all are waited for, half told is told again", async () => {
  trial.cluster.add(
    "StatefulSet",
    "jobs",
    "worker",
    [{ name: "worker", image: "shop:0.9" }],
    [{ name: "migrate", image: "shop:0.9" }],
  )
  const image = "shop:{{deployment.version}}-{{deployment.commit}}"
  const both = {
    workloads: [
      { name: "shop", containers: { web: image } },
      { kind: "StatefulSet", name: "worker", namespace: "jobs", containers: { worker: image, migrate: image } },
    ],
  }
  trial.cluster.trouble({ answer: { path: /statefulsets/, method: "PATCH", status: 403, times: 1 } })
  const told = await failure(act("deploy", trial.second, {}, both))
  expect(told.message).toContain(
    'refuses a patch of StatefulSet jobs/worker (403): deployments.apps "shop" is forbidden',
  )
  expect(await inspect("deploy", trial.second, both)).toMatchObject({
    answer: "untouched",
    words: expect.stringContaining("1 of 2"),
  })
  await deploy(trial.second, both)
  expect(await live(both)).toMatchObject({ deploymentId: "d-1.1.0" })
  const worker = trial.cluster.stored.get("StatefulSet jobs/worker")
  expect(worker?.template.spec.initContainers).toEqual([{ name: "migrate", image: `shop:1.1.0-${"b".repeat(40)}` }])
  expect(worker?.template.spec.containers).toHaveLength(1)
  await deploy(trial.first, both)
  for (const effect of ["promote", "rollout", "confirm"] as const) await act(effect, trial.second, {}, both)
  expect(await live(both)).toMatchObject({ deploymentId: "d-1.1.0" })
})

test("while half of it is rolled out, the old version is live", async () => {
  await deploy(trial.first)
  trial.cluster.trouble({ stuck: "ImagePullBackOff" })
  await act("deploy")
  expect(await live()).toMatchObject({ version: "1.0.0" })
})

test.each([
  ["ImagePullBackOff", "shop-2-9, web: ImagePullBackOff (back-off)"],
  ["CrashLoopBackOff", "shop-2-9, web: CrashLoopBackOff after 4 restarts"],
  ["Unschedulable", "cannot be scheduled: 0/3 nodes are available"],
] as const)("a rollout that does not end says why: %s", async (stuck, words) => {
  trial.cluster.trouble({ stuck })
  await act("deploy")
  const told = await failure(act("rollout", trial.second, { timeoutMs: 150 }))
  expect(told.message).toContain("did not end within")
  expect(told.message).toContain(words)
  expect(trial.lines.filter((line) => line.includes(stuck === "Unschedulable" ? "scheduled" : stuck))).toHaveLength(1)
  if (stuck === "CrashLoopBackOff") expect(trial.lines.join("")).toContain("DATABASE_URL is not set")
})

test("the cluster's own deadline ends it at once", async () => {
  trial.cluster.trouble({ deadline: true })
  await act("deploy")
  expect((await failure(act("rollout"))).message).toContain('Deployment prod/shop: "shop-2" timed out')
})

test("accepted, but it never became live", async () => {
  await deploy(trial.first)
  trial.cluster.trouble({ lies: true })
  await act("deploy")
  await act("rollout")
  const told = await failure(act("confirm", trial.second, { timeoutMs: 100 }))
  expect(told.message).toBe("Accepted, but it never became live: 1.0.0 (d-1.0.0) is live after 0 s")
})

test("back to the revision before, also to the one that was there before the console", async () => {
  const [before] = [await live()]
  await deploy()
  for (const effect of ["promote", "rollout", "confirm"] as const) {
    await act(effect, { ...trial.first, deploymentId: before?.deploymentId ?? "", version: "0.9" })
  }
  expect(await live()).toMatchObject({ deploymentId: before?.deploymentId, version: "0.9" })
  expect(shop()?.template.spec.containers[0]?.image).toBe("shop:0.9")
})

test("images set by hand are told, and are nobody's version", async () => {
  await deploy()
  const one = shop()
  if (!one) throw new Error("no shop")
  one.ready.template.spec.containers[0] = { name: "web", image: "registry.local:5000/shop:hotfix" }
  expect(await live()).toMatchObject({ version: "hotfix (set by hand after 1.1.0)", commit: null })
})

test("what is not there is said before anything is changed", async () => {
  const typo = { workloads: [{ name: "shop", containers: { wbe: "shop:1" } }] }
  expect((await failure(act("deploy", trial.second, {}, typo))).message).toBe(
    "Deployment shop has no container wbe; it has web, proxy",
  )
  const gone = { workloads: [...(trial.config.workloads as object[]), { name: "gone", containers: { web: "shop:1" } }] }
  expect((await failure(act("deploy", trial.second, {}, gone))).message).toBe("The cluster has no Deployment prod/gone")
  expect(patches()).toBe(0)
})

describe("the way in", () => {
  test.each([
    [{ token: "wrong" }, "does not know these credentials (401)"],
    [{ caPem: undefined }, "certificate"],
  ])("%j is said", async (other, words) => {
    expect((await failure(live(other))).message).toContain(words)
  })

  const kubeconfig = (
    user: string,
    cluster = `certificate-authority-data: ${Buffer.from(trial.cluster.caPem).toString("base64")}`,
  ) =>
    `apiVersion: v1
kind: Config
current-context: c
contexts: [{ name: c, context: { cluster: k, user: u } }]
clusters:
  - name: k
    cluster:
      server: ${trial.cluster.url}
      ${cluster}
users:
  - name: u
    user:
      ${user}
`
  const by = (text: string) => ({ server: undefined, token: undefined, caPem: undefined, kubeconfig: text })

  test("a kubeconfig with its credentials in it", async () => {
    expect(await live(by(kubeconfig(`token: ${TOKEN}`)))).toMatchObject({ version: "0.9" })
    expect(await live(by(kubeconfig(`token: ${TOKEN}`, "insecure-skip-tls-verify: true")))).toMatchObject({
      version: "0.9",
    })
  })

  test("what would run programs or read this machine's files is refused", async () => {
    const refused = [
      [kubeconfig("exec: { apiVersion: client.authentication.k8s.io/v1, command: touch, args: [owned] }"), "exec"],
      [kubeconfig("client-certificate: /etc/passwd"), "a file"],
      [kubeconfig(`token: ${TOKEN}`, "certificate-authority: /etc/passwd"), "a file"],
      [kubeconfig(`token: ${TOKEN}`, "proxy-url: http://127.0.0.1:1"), "proxy-url"],
      [`users: [{ user: { token: ${TOKEN}`, "cannot be read"],
    ] as const
    for (const [text, words] of refused) expect((await failure(live(by(text)))).message).toContain(words)
  })
})

test("429 is waited for as it asks; a body that is cut off is no crash", async () => {
  trial.cluster.trouble({ answer: { path: /shop$/, status: 429, headers: { "retry-after": "1" }, times: 1 } })
  await act("deploy")
  expect(trial.lines.join("")).toContain("it answered 429; tried again in 1 s")
  trial.cluster.trouble({ answer: { path: /shop$/, status: 200, body: '{"kind": "Depl', times: 1 } })
  expect((await failure(act("rollout"))).transient).toBe(true)
})

const KUBECTL = "/usr/bin/kubectl"
test(`the server that it is tried on is understood by kubectl${existsSync(KUBECTL) ? "" : ", which is not installed here: only its own rules are looked at"}`, async () => {
  await deploy()
  if (!existsSync(KUBECTL)) return expect(await live()).toMatchObject({ version: "1.1.0" })
  const home = await mkdtemp(join(tmpdir(), "golive-kubectl-"))
  try {
    await writeFile(join(home, "ca.pem"), trial.cluster.caPem)
    const asked = [
      "--server",
      trial.cluster.url,
      "--certificate-authority",
      join(home, "ca.pem"),
      "--token",
      TOKEN,
      "-n",
      "prod",
    ]
    const kubectl = (...args: string[]) =>
      run(KUBECTL, [...asked, ...args], { env: { ...process.env, HOME: home }, timeout: 20_000 })
    const paths = ["--raw", "/apis/apps/v1/namespaces/prod/deployments/shop"]
    const { stdout } = await kubectl("get", ...paths)
    expect(JSON.parse(stdout)).toMatchObject({ kind: "Deployment", metadata: { name: "shop" } })
  } finally {
    await rm(home, { recursive: true, force: true })
  }
})

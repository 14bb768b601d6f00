import { readdir } from "node:fs/promises"
import { createServer } from "node:http"
import { join } from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import type { DeployedVersion } from "@/lib/domain/release/state"
import { runProcess } from "@/lib/server/process/run-process"
import { freePort } from "@/lib/testing/servers/free-port"
import type { RunProcess, StrategyDeployment, StrategyPorts, StrategyTarget } from "../contract"
import { plan } from "./plan"
import { createTarget } from "./target"
import { type DockerTrial, SERVICE, startTrial } from "./trial.fixture"

const TEST_MS = 300_000
const signal = new AbortController().signal

let trial: DockerTrial
let runs = 0
beforeAll(async () => {
  trial = await startTrial()
}, TEST_MS)
afterAll(() => trial?.close(), TEST_MS)

/** Without a registry: what is pushed and pulled has a test of its own. */
const local = (more: object = {}, container: object = {}) => ({
  ...trial.config,
  ...{ push: false, registry: undefined, image: SERVICE },
  ...more,
  container: { ...trial.config.container, ...container },
})
const target = (config: unknown = local(), more: Partial<StrategyPorts> = {}): StrategyTarget =>
  createTarget(config, { ...trial.ports, ...more })
const ofRun = (version: "v1.0.0" | "v1.1.0"): StrategyDeployment => {
  runs += 1
  return { ...trial.deployment(version), deploymentId: `${version}-${runs}` }
}
const live = () => target().live(signal)
const names = async () => (await trial.engine.docker("ps", "--all", "--format", "{{.Names}}")).split("\n").sort()
const health = async () => {
  const answer = await fetch(`http://127.0.0.1:${trial.port}/health`)
  return ((await answer.json()) as { version: string }).version
}

async function build(wanted: StrategyDeployment, config = local()): Promise<void> {
  const it = target(config)
  await it.execute("checkout", trial.call(wanted))
  await it.execute("build", trial.call(wanted))
}

async function deploy(version: "v1.0.0" | "v1.1.0", config = local()): Promise<DeployedVersion> {
  const wanted = ofRun(version)
  const previous = await live()
  for (const { effect } of plan(config).deploy) await target(config).execute(effect, trial.call(wanted, { previous }))
  const now = await live()
  expect(now).toEqual({ deploymentId: wanted.deploymentId, version: wanted.version, commit: wanted.commit })
  if (!now) throw new Error("nothing is live")
  return now
}

beforeEach(async () => {
  const ids = await trial.engine.docker("ps", "--all", "--quiet")
  if (ids) await trial.engine.docker("rm", "--force", ...ids.split("\n"))
})

test("while it switches nobody gets a wrong answer, and the measured gap covers everybody who was refused", {
  timeout: TEST_MS,
}, async () => {
  await deploy("v1.0.0")
  const wanted = ofRun("v1.1.0")
  await build(wanted)
  const previous = await live()
  const seen: { atMs: number; version: string | null }[] = []
  let asking = true
  const asked = (async () => {
    while (asking) {
      const version = await health().catch(() => null)
      seen.push({ atMs: performance.now(), version })
      await delay(5)
    }
  })()
  const { facts } = await target().execute("switch", trial.call(wanted, { previous }))
  asking = false
  await asked
  const refused = seen.filter(({ version }) => version === null)
  const gapMs = Number(/\d+/.exec(facts.find(({ label }) => label === "Gap at most")?.value ?? "")?.[0])
  expect(seen[0]?.version).toBe("1.0.0")
  expect(await health()).toBe("1.1.0")
  // Versions never take turns: one, then nobody, then the other.
  expect(
    seen
      .map(({ version }) => version ?? "-")
      .filter((now, at, all) => now !== all[at - 1])
      .join(" "),
  ).toMatch(/^1\.0\.0( -)?( 1\.1\.0)?$/)
  const refusedMs = (refused.at(-1)?.atMs ?? 0) - (refused[0]?.atMs ?? 0)
  expect(gapMs).toBeGreaterThan(0)
  expect(refusedMs).toBeLessThanOrEqual(gapMs + 50)
  // The trial is gone, the replaced one is kept stopped.
  expect(await names()).toEqual([SERVICE, expect.stringMatching(/^postd-was-/)])
})

test("a worker that dies after any command of a switch leaves something from which another one goes on", {
  timeout: TEST_MS * 2,
}, async () => {
  const changing = new Set(["create", "start", "stop", "rename", "rm"])
  for (let survives = 0; ; survives += 1) {
    const ids = await trial.engine.docker("ps", "--all", "--quiet")
    if (ids) await trial.engine.docker("rm", "--force", ...ids.split("\n"))
    const previous = await deploy("v1.0.0")
    const wanted = ofRun("v1.1.0")
    await build(wanted)
    let left = survives
    let died: () => void = () => undefined
    const death = new Promise<"died">((resolve) => {
      died = () => resolve("died")
    })
    // It has told the engine, and never comes to what follows.
    const dying: RunProcess = async (request) => {
      const end = await runProcess(request)
      if (!changing.has(request.argv[1] ?? "") || left-- > 0) return end
      died()
      return new Promise<never>(() => undefined)
    }
    const ended = await Promise.race([
      target(local(), { runProcess: dying, workDirectory: `${trial.workDirectory}-dead` })
        .execute("switch", trial.call(wanted, { previous }))
        .then(() => "done" as const),
      death,
    ])
    const found = await target().inspect("switch", trial.call(wanted, { previous }))
    expect(found.answer, `after ${survives} commands: ${found.words}`).not.toBe("unknown")
    if (found.answer === "untouched") await target().execute("switch", trial.call(wanted, { previous }))
    expect(await live(), `after ${survives} commands`).toMatchObject({ deploymentId: wanted.deploymentId })
    expect(await health()).toBe("1.1.0")
    const running = await trial.engine.docker("ps", "--format", "{{.Names}}")
    expect(running, `after ${survives} commands`).toBe(SERVICE)
    if (ended === "done") {
      // Left over, tried, removed, made, stopped, renamed twice, started: each of them was the last one once.
      expect(survives).toBeGreaterThanOrEqual(8)
      return
    }
  }
})

test("what does not get healthy never replaces anything, and says why", { timeout: TEST_MS }, async () => {
  const previous = await deploy("v1.0.0")
  const wanted = ofRun("v1.1.0")
  await build(wanted)
  const asked = (config: unknown) => target(config).execute("switch", trial.call(wanted, { previous }))
  await expect(asked(local({}, { env: { PORT: "99999" } }))).rejects.toThrow(
    /^The container ended, with exit code 1\. It said last: .*ERR_SOCKET_BAD_PORT/s,
  )
  await expect(asked(local({ healthTimeoutMs: 1_500 }, { health: { path: "/nowhere" } }))).rejects.toThrow(
    "The container is not healthy after 1500 ms: /nowhere answers 404",
  )
  const refusing = { health: { command: ["node", "-e", "console.error('queue is full'); process.exit(3)"] } }
  await expect(asked(local({ healthTimeoutMs: 1_500 }, refusing))).rejects.toThrow(/exit code 3 \(queue is full\)/)
  expect(await live()).toEqual(previous)
  expect(await names()).toEqual([SERVICE])
})

test("what cannot take the port over gives back what it took", { timeout: TEST_MS }, async () => {
  const previous = await deploy("v1.0.0")
  const wanted = ofRun("v1.1.0")
  await build(wanted)
  const taken = createServer()
  const port = await freePort()
  await new Promise<void>((resolve) => taken.listen(port, "127.0.0.1", resolve))
  const elsewhere = local({}, { ports: [{ host: port, container: 8080, address: "127.0.0.1" }] })
  await expect(target(elsewhere).execute("switch", trial.call(wanted, { previous }))).rejects.toThrow(
    new RegExp(
      `The port 127.0.0.1:${port} is taken by another program.*1.0.0 \\(${previous.deploymentId}\\) serves again`,
    ),
  )
  await new Promise<void>((resolve) => taken.close(() => resolve()))
  expect(await live()).toEqual(previous)
  expect(await health()).toBe("1.0.0")
  expect(await names()).toEqual([SERVICE])
})

test("stopped in the middle of a switch, the earlier container serves again", { timeout: TEST_MS }, async () => {
  const previous = await deploy("v1.0.0")
  const wanted = ofRun("v1.1.0")
  await build(wanted)
  const stop = new AbortController()
  const reason = new Error("somebody aborted")
  const stopping: RunProcess = async (request) => {
    const end = await runProcess(request)
    if (request.argv[1] === "stop" && !stop.signal.aborted) stop.abort(reason)
    return end
  }
  const call = trial.call(wanted, { previous, signal: stop.signal })
  await expect(target(local(), { runProcess: stopping }).execute("switch", call)).rejects.toBe(reason)
  expect(await live()).toEqual(previous)
  expect(await health()).toBe("1.0.0")
  expect(await readdir(join(trial.workDirectory, "docker"))).not.toContainEqual(expect.stringMatching(/^(run|files)-/))
})

test("a container of somebody else is left alone, and so is what this run did not find", {
  timeout: TEST_MS,
}, async () => {
  const run = ["run", "--detach", "--init", "--name", SERVICE, trial.engine.nodeImage]
  const foreign = await trial.engine.docker(...run, "node", "-e", "setInterval(() => undefined, 1000)")
  await expect(live()).rejects.toThrow('The name "postd" is taken by a container that this console did not make')
  const wanted = ofRun("v1.0.0")
  await build(wanted)
  await expect(target().execute("switch", trial.call(wanted))).rejects.toThrow(/it is left alone/)
  expect(await trial.engine.docker("inspect", "--format", "{{.State.Running}}", foreign)).toBe("true")
  await trial.engine.docker("rm", "--force", foreign)

  await deploy("v1.0.0")
  const other = { deploymentId: "other", version: "0.9.0", commit: null }
  const call = trial.call(wanted, { previous: other })
  await expect(target().execute("switch", call)).rejects.toThrow("Expected 0.9.0 (other) to be live, but 1.0.0")
  expect(await target().inspect("switch", call)).toMatchObject({ answer: "unknown" })
})

test("found by name alone, the new container runs before the old one stops", { timeout: TEST_MS }, async () => {
  const command = [
    "node",
    "-e",
    "fetch('http://127.0.0.1:8080/health').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))",
  ]
  const named = local({}, { ports: [], health: { command } })
  const first = await deploy("v1.0.0", named)
  const second = await deploy("v1.1.0", named)
  const back = { ...trial.deployment("v1.0.0"), deploymentId: first.deploymentId }
  for (const { effect } of plan(named).promotePrevious) {
    await target(named).execute(effect, trial.call(back, { previous: second }))
  }
  expect(await live()).toEqual(first)
  const began = (name: string, what: string) => trial.engine.docker("inspect", "--format", `{{.State.${what}}}`, name)
  const was = (await names()).find((name) => name.startsWith("postd-was-")) ?? ""
  const [startedAt, finishedAt] = [await began(SERVICE, "StartedAt"), await began(was, "FinishedAt")]
  expect(Date.parse(startedAt)).toBeLessThan(Date.parse(finishedAt))
})

test("an image that was pushed is brought back from the registry, by the tag of its deployment", {
  timeout: TEST_MS,
}, async () => {
  const first = await deploy("v1.0.0", trial.config as ReturnType<typeof local>)
  const second = await deploy("v1.1.0", trial.config as ReturnType<typeof local>)
  expect(trial.registry.tags().size).toBeGreaterThanOrEqual(2)
  // Everything of the first is gone from the engine.
  const of = ["--filter", `label=golive.deployment=${first.deploymentId}`]
  await trial.engine.docker("rm", await trial.engine.docker("ps", "--all", "--quiet", ...of))
  await trial.engine.docker("rmi", "--force", await trial.engine.docker("images", "--quiet", ...of))
  const back = { ...trial.deployment("v1.0.0"), deploymentId: first.deploymentId }
  await target(trial.config).execute("switch", trial.call(back, { previous: second }))
  expect(await live()).toEqual(first)
  await expect(
    target().execute("switch", trial.call({ ...back, deploymentId: "never" }, { previous: first })),
  ).rejects.toThrow("The engine no longer has an image of 1.0.0 (never): deploy it anew")
})

test("what is wrong with the engine is said in words", { timeout: TEST_MS }, async () => {
  const of = (more: object) => target(local(more)).live(signal)
  await expect(of({ host: "unix:///nowhere/docker.sock" })).rejects.toThrow(/The Docker engine does not answer/)
  const context = { host: undefined, dockerContext: "elsewhere", configDirectory: trial.workDirectory }
  await expect(of(context)).rejects.toThrow('There is no Docker context "elsewhere"')
  const wanted = ofRun("v1.0.0")
  await expect(target(local({ dockerfile: "deploy/Dockerfile" })).execute("build", trial.call(wanted))).rejects.toThrow(
    'The commit has no file "deploy/Dockerfile"',
  )
  await expect(target(local({ buildArgs: { BUILD_FAIL: "1" } })).execute("build", trial.call(wanted))).rejects.toThrow(
    /The build failed with exit code 1: .*non-zero code/,
  )
})

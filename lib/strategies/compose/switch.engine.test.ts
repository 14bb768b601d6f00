import { readdir } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { DeployedVersion } from "@/lib/domain/release/state"
import { runProcess } from "@/lib/server/process/run-process"
import type { RunProcess, StrategyDeployment, StrategyPorts, StrategyTarget } from "../contract"
import { composeConfigSchema } from "./definition"
import { plan } from "./plan"
import { tagOf } from "./project"
import { createTarget } from "./target"
import { type ComposeTrial, startTrial } from "./trial.fixture"

const TEST_MS = 120_000
const signal = new AbortController().signal

let trial: ComposeTrial
let runs = 0
beforeAll(async () => {
  trial = await startTrial()
}, TEST_MS)
afterAll(() => trial?.close(), TEST_MS)

const target = (more: object = {}, ports: Partial<StrategyPorts> = {}): StrategyTarget =>
  createTarget({ ...trial.config, ...more }, { ...trial.ports, ...ports })
const ofRun = (version: "v1.0.0" | "v1.1.0"): StrategyDeployment => {
  runs += 1
  return { ...trial.deployment(version), deploymentId: `${version}-${runs}` }
}
const live = () => target().live(signal)
const health = async () =>
  ((await (await fetch(`http://127.0.0.1:${trial.port}/health`)).json()) as { version: string }).version
const idsOf = (service: string) =>
  trial.engine.docker("ps", "--quiet", "--no-trunc", "--filter", `label=com.docker.compose.service=${service}`)
const imagesNow = async () => {
  const read = async (service: string) => trial.engine.docker("inspect", "--format", "{{.Image}}", await idsOf(service))
  return { web: await read("web"), steady: await read("steady") }
}

/** A container of the project with the labels that Compose gives, and none of this console's. */
async function startByHand(service: string): Promise<string> {
  const values = { project: trial.project, service, oneoff: "False", "container-number": "1", version: "1.29.2" }
  const labels = Object.entries({ ...values, "config-hash": "by-hand" })
  const args = labels.flatMap(([name, value]) => ["--label", `com.docker.compose.${name}=${value}`])
  const command = ["node", "-e", "setInterval(() => undefined, 1000)"]
  return trial.engine.docker("run", "--detach", "--init", ...args, trial.engine.nodeImage, ...command)
}

async function prepare(version: "v1.0.0" | "v1.1.0"): Promise<StrategyDeployment> {
  const wanted = ofRun(version)
  await target().execute("checkout", trial.call(wanted))
  await target().execute("build", trial.call(wanted))
  return wanted
}

async function deploy(version: "v1.0.0" | "v1.1.0"): Promise<DeployedVersion> {
  const previous = await live()
  const wanted = ofRun(version)
  for (const { effect } of plan(trial.config).deploy) await target().execute(effect, trial.call(wanted, { previous }))
  const now = await live()
  expect(now).toEqual({ deploymentId: wanted.deploymentId, version: wanted.version, commit: wanted.commit })
  if (!now) throw new Error("nothing is live")
  return now
}

test("a container that somebody started by hand is left alone, or adopted where that is allowed", {
  timeout: TEST_MS,
}, async () => {
  const foreign = await startByHand("web")
  const wanted = await prepare("v1.0.0")
  expect(await live()).toBeNull()
  await expect(target().execute("switch", trial.call(wanted))).rejects.toThrow(
    /was not started by this console: it is left alone/,
  )
  expect(await trial.engine.docker("inspect", "--format", "{{.State.Running}}", foreign)).toBe("true")
  await target({ adopt: true }).execute("switch", trial.call(wanted))
  expect(await health()).toBe("1.0.0")
})

test("going back brings exactly the earlier images, and what is not deployed is left alone", {
  timeout: TEST_MS,
}, async () => {
  const first = await deploy("v1.0.0")
  const before = await imagesNow()
  const untouched = await startByHand("store")
  const second = await deploy("v1.1.0")
  expect((await imagesNow()).web).not.toBe(before.web)
  expect(await health()).toBe("1.1.0")
  const env = ["inspect", "--format", "{{json .Config.Env}}", await idsOf("web")]
  expect(JSON.parse(await trial.engine.docker(...env))).toContain("ANNOUNCED_VERSION=1.1.0")
  const back = { ...trial.deployment("v1.0.0"), deploymentId: first.deploymentId }
  for (const { effect } of plan(trial.config).promotePrevious) {
    await target().execute(effect, trial.call(back, { previous: second }))
  }
  expect(await live()).toEqual(first)
  expect(await imagesNow()).toEqual(before)
  expect(await health()).toBe("1.0.0")
  expect(await idsOf("store")).toBe(untouched)
})

test("what does not get healthy is replaced by the earlier version again, and says why", {
  timeout: TEST_MS,
}, async () => {
  const previous = await deploy("v1.0.0")
  const images = await imagesNow()
  const wanted = await prepare("v1.1.0")
  const bad = ["--change", 'CMD ["node", "-e", "console.error(\'no database\'); process.exit(7)"]']
  await trial.engine.docker(
    "commit",
    ...bad,
    await idsOf("web"),
    tagOf(composeConfigSchema.parse(trial.config), "web", wanted),
  )
  await expect(target().execute("switch", trial.call(wanted, { previous }))).rejects.toThrow(
    `The service "web" ended with exit code 7. It said last: no database. 1.0.0 (${previous.deploymentId}) serves again`,
  )
  expect(await live()).toEqual(previous)
  expect(await imagesNow()).toEqual(images)
  expect(await health()).toBe("1.0.0")
})

test("a worker that dies in the middle of a switch leaves something from which another one goes on", {
  timeout: TEST_MS,
}, async () => {
  const previous = await deploy("v1.0.0")
  const wanted = await prepare("v1.1.0")
  let died: () => void = () => undefined
  const death = new Promise<void>((resolve) => {
    died = resolve
  })
  // Compose is killed as soon as it has stopped the first container.
  const dying: RunProcess = (request) => {
    if (!request.argv.includes("up")) return runProcess(request)
    const killed = new AbortController()
    const log: typeof request.log = (stream, text) => {
      request.log(stream, text)
      if (/recreating|recreate/i.test(text)) killed.abort(new Error("killed"))
    }
    runProcess({ ...request, log, signal: killed.signal }).then(died, died)
    return new Promise<never>(() => undefined)
  }
  const dead = target({}, { runProcess: dying, workDirectory: `${trial.workDirectory}-dead` })
  dead.execute("switch", trial.call(wanted, { previous })).catch(() => undefined)
  await death
  const found = await target().inspect("switch", trial.call(wanted, { previous }))
  expect(found.answer, found.words).toBe("untouched")
  await target().execute("switch", trial.call(wanted, { previous }))
  expect(await live()).toMatchObject({ deploymentId: wanted.deploymentId })
  expect(await health()).toBe("1.1.0")
  expect((await idsOf("web")).split("\n")).toHaveLength(1)
  const left = await readdir(join(trial.workDirectory, "compose"))
  expect(left).not.toContainEqual(expect.stringMatching(/^run-/))
})

test("what is wrong with the file, the engine or an image is said in words", { timeout: TEST_MS }, async () => {
  await expect(target({ host: "unix:///nowhere/docker.sock" }).live(signal)).rejects.toThrow(
    /The Docker engine does not answer/,
  )
  const wanted = ofRun("v1.0.0")
  await expect(target({ file: "deploy.yml" }).execute("checkout", trial.call(wanted))).rejects.toThrow(
    'The commit has no file "deploy.yml"',
  )
  await expect(target({ services: ["api"] }).execute("build", trial.call(wanted))).rejects.toThrow(
    'The Compose file has no service "api"',
  )
  const previous = await live()
  await expect(target().execute("switch", trial.call(wanted, { previous }))).rejects.toThrow(
    `The engine does not have all images of 1.0.0 (${wanted.deploymentId}): deploy it anew`,
  )
  const env = { ...trial.config.env, ANNOUNCED_VERSION: "{{deployment.secret}}" }
  await expect(target({ env }).execute("build", trial.call(wanted))).rejects.toThrow(
    '"deployment.secret" is no placeholder of this strategy',
  )
  await expect(
    target({ env: { ...trial.config.env, BUILD_FAIL: "1" } }).execute("build", trial.call(wanted)),
  ).rejects.toThrow(/^The build failed with exit code 1: /)
})

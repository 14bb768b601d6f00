import { type ChildProcess, spawn } from "node:child_process"
import { writeFile } from "node:fs/promises"
import { request } from "node:http"
import { join } from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import { afterAll, beforeAll, expect, test } from "vitest"
import { runProcess } from "@/lib/server/process/run-process"
import { freePort } from "@/lib/testing/servers/free-port"
import { type Nginx, startNginx } from "@/lib/testing/servers/start-nginx"
import type { StrategyDeployment, StrategyTarget } from "../contract"
import { plan } from "./plan"
import { createTarget } from "./target"

const ROUNDS = Number(process.env.LOAD_ROUNDS ?? 4)
const EVERY_MS = 4

/** Each version is a process of its own that says which it is, and takes a moment to answer. */
const SERVICE = `
import { createServer } from "node:http"
const [port, id, version] = process.argv.slice(2)
createServer((req, res) => setTimeout(() => res.end(JSON.stringify({ deploymentId: id, version, commit: null })), 15)).listen(Number(port), "127.0.0.1")
`
/** What a team would write for its own proxy: point it elsewhere, have it reload, ask it as users do. */
const PLATFORM = `
import { execFileSync } from "node:child_process"
import { readFileSync, renameSync, writeFileSync } from "node:fs"
const [what, id] = process.argv.slice(2)
const { ports, url, program, prefix, upstreamFile } = JSON.parse(readFileSync("setup.json", "utf8"))
if (what === "live") console.log(await (await fetch(url)).text())
else {
  writeFileSync(upstreamFile + ".new", "upstream service { server 127.0.0.1:" + ports[id] + "; }\\n")
  renameSync(upstreamFile + ".new", upstreamFile)
  execFileSync(program, ["-p", prefix, "-e", "error.log", "-c", "nginx.conf", "-s", "reload"])
}
`
const deployment = (version: string): StrategyDeployment => {
  return { deploymentId: `d-${version}`, version, ref: `v${version}`, commit: null }
}
const first = deployment("1.0.0")
const second = deployment("1.1.0")
let nginx: Nginx
let target: StrategyTarget
const services: ChildProcess[] = []

beforeAll(async () => {
  const ports = { [first.deploymentId]: await freePort(), [second.deploymentId]: await freePort() }
  nginx = await startNginx(ports[first.deploymentId] ?? 0)
  await writeFile(join(nginx.prefix, "service.mjs"), SERVICE)
  await writeFile(join(nginx.prefix, "platform.mjs"), PLATFORM)
  await writeFile(join(nginx.prefix, "setup.json"), JSON.stringify({ ...nginx, ports }))
  for (const { deploymentId, version } of [first, second]) {
    const args = [join(nginx.prefix, "service.mjs"), String(ports[deploymentId]), deploymentId, version]
    services.push(spawn(process.execPath, args, { stdio: "ignore" }))
  }
  const program = (what: string, ...args: string[]) => [process.execPath, "platform.mjs", what, ...args]
  const config = {
    ...{ deploy: program("deploy", "{{deployment.id}}"), promote: program("promote", "{{deployment.id}}") },
    ...{ live: program("live"), directory: nginx.prefix },
  }
  target = createTarget(config, {
    ...{ workDirectory: nginx.prefix, repository: "r", publicUrl: nginx.url, runProcess },
    request: () => Promise.reject(new Error("its own program asks")),
    platform: () => Promise.reject(new Error("its own programs speak for the platform")),
  })
})
afterAll(async () => {
  for (const service of services) service.kill("SIGKILL")
  await target?.close()
  await nginx?.stop()
})

function ask(url: string): Promise<string> {
  return new Promise((resolve) => {
    const asked = request(url, { agent: false }, (answer) => {
      answer.resume().on("end", () => resolve(String(answer.statusCode)))
    })
    asked.on("error", (error) => resolve(error.message)).end()
  })
}

/** Requests at a fixed rate, each on a connection of its own. */
function startLoad(url: string) {
  const answers = new Map<string, number>()
  const open = new Set<Promise<void>>()
  const timer = setInterval(() => {
    const asking = ask(url).then((answer) => {
      answers.set(answer, (answers.get(answer) ?? 0) + 1)
      open.delete(asking)
    })
    open.add(asking)
  }, EVERY_MS)
  return async () => {
    clearInterval(timer)
    await Promise.all(open)
    return Object.fromEntries(answers)
  }
}

async function carryOut(which: "deploy" | "promotePrevious", wanted: StrategyDeployment, previous: StrategyDeployment) {
  const steps = plan({ deploy: ["x"], live: ["x"], promote: ["x"] })[which]
  const before = { deploymentId: previous.deploymentId, version: previous.version, commit: null }
  for (const { effect, timeoutMs } of steps) {
    await target.execute(effect, {
      ...{ deployment: wanted, previous: before, signal: new AbortController().signal },
      ...{ log: () => undefined, timeoutMs },
    })
  }
  expect(await target.live(AbortSignal.timeout(10_000))).toMatchObject({ version: wanted.version })
}

test(`behind nginx: ${ROUNDS} deployments and ${ROUNDS} ways back under load, and every request is answered`, {
  timeout: 120_000,
}, async () => {
  const live = () => target.live(AbortSignal.timeout(10_000)).catch(() => null)
  await expect.poll(live, { timeout: 20_000 }).not.toBeNull()
  const stop = startLoad(nginx.url)
  for (let round = 0; round < ROUNDS; round += 1) {
    await carryOut("deploy", second, first)
    await carryOut("promotePrevious", first, second)
  }
  await delay(100)
  const answers = await stop()
  expect(answers).toEqual({ 200: expect.any(Number) })
  expect(answers[200]).toBeGreaterThan(200)
})

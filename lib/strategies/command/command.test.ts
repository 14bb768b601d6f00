import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { DeployedVersion } from "@/lib/domain/release/state"
import { runProcess } from "@/lib/server/process/run-process"
import type { StrategyCall } from "../contract"
import { plan } from "./plan"
import { createTarget } from "./target"

/** A platform in a file: `deploy` makes a deployment of its own naming live, `promote` an earlier one. */
const PLATFORM = `
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs"
const [what, ...args] = process.argv.slice(2)
const live = existsSync("live.json") ? JSON.parse(readFileSync("live.json", "utf8")) : null
if (what === "live") console.log(JSON.stringify(live))
else {
  appendFileSync("calls.txt", JSON.stringify([what, ...args]) + "\\n")
  if (process.env.FAIL) { console.error("platform says no"); process.exit(4) }
  if (what === "deploy" && !process.env.LATER) writeFileSync("live.json", JSON.stringify({ deploymentId: "dpl_" + args[0], version: args[0], commit: args[1] || null }))
  if (what === "promote") writeFileSync("live.json", JSON.stringify({ deploymentId: args[0], version: args[0].slice(4), commit: null }))
}
`
let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "golive-command-"))
  await writeFile(join(root, "platform.mjs"), PLATFORM)
})
afterAll(() => rm(root, { recursive: true, force: true }))

function target(more: object = {}) {
  const platform = (what: string, ...args: string[]) => [process.execPath, "platform.mjs", what, ...args]
  return createTarget(
    {
      deploy: platform("deploy", "{{deployment.version}}", "{{deployment.commit}}"),
      live: platform("live"),
      promote: platform("promote", "{{deployment.id}}"),
      directory: root,
      ...more,
    },
    {
      workDirectory: root,
      repository: "r",
      publicUrl: "http://127.0.0.1:1",
      runProcess,
      request: () => Promise.reject(),
      platform: () => Promise.reject(),
    },
  )
}

function call(version: string, previous: DeployedVersion | null, more: Partial<StrategyCall> = {}): StrategyCall {
  const deployment = { deploymentId: `own-${version}`, version, ref: version, commit: null, ...more.deployment }
  const signal = new AbortController().signal
  return { previous, signal, log: () => {}, timeoutMs: 5_000, ...more, deployment }
}
const signal = new AbortController().signal

test("it deploys, sees what the platform made of it, and promotes the earlier one", async () => {
  expect(await target().live(signal)).toBeNull()
  for (const { effect } of plan({ deploy: ["d"], live: ["l"], promote: ["p"] }).deploy) {
    await target().execute(effect, call("1.0.0", null))
  }
  const first = await target().live(signal)
  expect(first).toEqual({ deploymentId: "dpl_1.0.0", version: "1.0.0", commit: null })
  await target().execute("deploy", call("1.1.0", first))
  const promoted = { ...call("1.0.0", null).deployment, deploymentId: "dpl_1.0.0" }
  const back = call("1.0.0", await target().live(signal), { deployment: promoted })
  await target().execute("promote", back)
  expect((await target().execute("confirm", back)).live?.deploymentId).toBe("dpl_1.0.0")
})

test("a value stays one argument, whatever it holds", async () => {
  const nasty = "$(touch pwned) ; `id` \n --flag \"'"
  await target().execute("deploy", call(nasty, null))
  const last = (await readFile(join(root, "calls.txt"), "utf8")).trim().split("\n").at(-1)
  expect(JSON.parse(last ?? "")).toEqual(["deploy", nasty, ""])
})

test("a refusal, and an acceptance that never becomes live, both end with a reason", async () => {
  const live = await target().live(signal)
  await expect(target({ env: { FAIL: "1" } }).execute("deploy", call("2.0.0", live))).rejects.toThrow(
    "The deploy program did not succeed: exit code 4 (platform says no)",
  )
  const later = target({ env: { LATER: "1" } })
  await later.execute("deploy", call("2.0.0", live))
  await expect(later.execute("confirm", call("2.0.0", live, { timeoutMs: 300 }))).rejects.toThrow(
    "Accepted, but it never became live",
  )
})

test("after an interruption it is done, safe to repeat where the team says so, or for a person to say", async () => {
  const live = await target().live(signal)
  expect((await target().inspect("deploy", call("3.0.0", live))).answer).toBe("unknown")
  expect((await target({ repeatable: true }).inspect("deploy", call("3.0.0", live))).answer).toBe("untouched")
  await target().execute("deploy", call("3.0.0", live))
  expect((await target().inspect("deploy", call("3.0.0", live))).answer).toBe("done")
})

test("what is no answer about what is live is refused", async () => {
  const talking = target({ live: [process.execPath, "-e", "console.log('hello')"] })
  await expect(talking.live(signal)).rejects.toThrow('printed "hello"')
})

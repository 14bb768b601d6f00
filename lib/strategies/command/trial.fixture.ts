import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { StrategyEffect } from "@/lib/contracts/strategy-effect"
import { runProcess } from "@/lib/server/process/run-process"
import type { StartTrial } from "@/lib/testing/conformance/strategy-trial"
import { createTarget } from "./target"

/** A platform in a folder: programs that deploy, promote and say what is live, and a file that says what is to go wrong. */
const PLATFORM = `
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs"
const [what, ...args] = process.argv.slice(2)
const read = (name) => (existsSync(name) ? JSON.parse(readFileSync(name, "utf8")) : null)
const broken = read("broken.json")
const known = read("known.json") ?? {}
if (what === "live") console.log(JSON.stringify(read("live.json")))
else {
  if (broken === what) { console.error("the platform says no"); process.exit(4) }
  const [id, version, commit] = args
  if (what === "deploy") known[id] = { deploymentId: id, version, commit }
  writeFileSync("known.json", JSON.stringify(known))
  // Accepted, and forgotten: it never becomes live.
  if (broken !== "confirm" && known[id] && read("live.json")?.deploymentId !== id) {
    writeFileSync("live.json", JSON.stringify(known[id]))
    appendFileSync("switches.txt", id + "\\n")
  }
}
`

export const startTrial: StartTrial = async () => {
  const root = await mkdtemp(join(tmpdir(), "golive-trial-"))
  await writeFile(join(root, "platform.mjs"), PLATFORM)
  const platform = (what: string, ...args: string[]) => [process.execPath, "platform.mjs", what, ...args]
  const config = {
    deploy: platform("deploy", "{{deployment.id}}", "{{deployment.version}}", "{{deployment.commit}}"),
    live: platform("live"),
    promote: platform("promote", "{{deployment.id}}"),
    directory: root,
    repeatable: true,
    liveTimeoutMs: 1_500,
  }
  const say = (broken: StrategyEffect | null) => writeFile(join(root, "broken.json"), JSON.stringify(broken))
  const deployment = (version: string, digit: string) => ({
    deploymentId: `d-${version}`,
    version,
    ref: `v${version}`,
    commit: digit.repeat(40),
  })
  return {
    config,
    createTarget: () =>
      createTarget(config, {
        workDirectory: root,
        repository: "r",
        publicUrl: "http://127.0.0.1:1",
        runProcess,
        request: () => Promise.reject(new Error("nobody asks as a user here")),
        platform: () => Promise.reject(new Error("programs speak for the platform")),
      }),
    first: deployment("1.0.0", "a"),
    second: deployment("1.1.0", "b"),
    breakAt: say,
    repair: () => say(null),
    switches: async () =>
      (await readFile(join(root, "switches.txt"), "utf8").catch(() => "")).split("\n").filter(Boolean).length,
    call: (wanted, change = {}) => ({
      deployment: wanted,
      previous: null,
      signal: new AbortController().signal,
      log: () => undefined,
      timeoutMs: 20_000,
      ...change,
    }),
    close: () => rm(root, { recursive: true, force: true }),
  }
}

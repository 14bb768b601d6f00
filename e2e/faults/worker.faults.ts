import { afterAll, beforeAll, describe, test } from "vitest"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import { startWorld, type World } from "@/lib/testing/world/start-world"
import { tryFault } from "./fault-trial"

const TRIAL_MS = 240_000
/** The steps of a deployment of the sample service by the `local` strategy, in their order. */
const STEPS = [
  ...["git-status", "git-latest", "validate-env", "stack-activation-audit", "activation-orchestrator"],
  ...["health", "ping", "database", "oauth", "maintenance-on", "maintenance-page"],
  ...["deploy-checkout", "deploy-build", "deploy-start", "deploy-health", "deploy-switch"],
  ...["responding", "log-errors", "maintenance-off", "smoke-test"],
] as const
const HOUR_MS = 3_600_000
const STEPPED_CLOCK = new URL("./stepped-clock.mjs", import.meta.url).href

let world: World
beforeAll(async () => {
  world = await startWorld({ queue: "postgres" })
}, 120_000)
afterAll(() => world?.close())

let trials = 0
/** Taken in turns, so that there is always something to switch to. */
const nextVersion = () => (trials++ % 2 === 0 ? "1.1.0" : "1.0.0")
const of = (type: AnyTimelineEvent["type"], stepKey: string) => (event: AnyTimelineEvent) =>
  event.type === type && "stepKey" in event.data && event.data.stepKey === stepKey

describe.each([
  ["in the middle of a step", "step.started"],
  ["between two steps", "step.finished"],
] as const)("kill -9 %s", (words, type) => {
  test.each(STEPS)("%s", { timeout: TRIAL_MS }, async (step) => {
    await tryFault(world, { fault: `kill -9 ${words}`, at: step, version: nextVersion() }, async (kit) => {
      await kit.event(of(type, step))
      kit.first.signal("SIGKILL")
      await kit.startWorker()
    })
  })
})

test.each(["deploy-build", "deploy-switch", "maintenance-on", "smoke-test"])(
  "frozen past its lease in %s, then woken",
  { timeout: TRIAL_MS },
  async (step) => {
    await tryFault(
      world,
      { fault: "frozen past its lease, then woken", at: step, version: nextVersion() },
      async (kit) => {
        await kit.event(of("step.started", step))
        kit.first.signal("SIGSTOP")
        await kit.startWorker()
        await kit.event((event) => event.type === "run.claimed" && event.data.fence > 1)
        kit.first.signal("SIGCONT")
      },
    )
  },
)

test.each([1, 2, 3])("two workers at once, try %i", { timeout: TRIAL_MS }, async (n) => {
  await tryFault(world, { fault: "two workers", at: `try ${n}`, version: nextVersion() }, async (kit) => {
    await kit.startWorker()
  })
})

test.each([
  ["forward", HOUR_MS],
  ["back", -HOUR_MS],
])("the clock of the machine is stepped an hour %s", { timeout: TRIAL_MS }, async (words, stepMs) => {
  const at = "deploy-build"
  await tryFault(world, { fault: `clock stepped an hour ${words}`, at, version: nextVersion() }, async (kit) => {
    await kit.event(of("step.started", at))
    kit.first.signal("SIGKILL")
    await kit.startWorker({ NODE_OPTIONS: `--import=${STEPPED_CLOCK}`, STEP_MS: String(stepMs) })
  })
})

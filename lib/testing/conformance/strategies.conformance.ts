import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { z } from "zod"
import type { DeployedVersion } from "@/lib/domain/release/state"
import {
  type StrategyDefinition,
  type StrategyDeployment,
  StrategyFailure,
  type StrategyPlan,
  type StrategyStep,
} from "@/lib/strategies/contract"
import type { StartTrial, StrategyTrial } from "./strategy-trial"

const TEST_MS = 120_000

/** What must be true of every deploy strategy, at every one of its steps. */
export function strategyConforms(definition: StrategyDefinition, plan: StrategyPlan, start: StartTrial): void {
  describe(`strategy ${definition.kind}`, () => {
    let trial: StrategyTrial
    beforeAll(async () => {
      trial = await start()
    }, TEST_MS)
    afterAll(() => trial?.close())

    const live = async (): Promise<DeployedVersion | null> => {
      const target = trial.createTarget()
      try {
        return await target.live(AbortSignal.timeout(30_000))
      } finally {
        await target.close()
      }
    }

    /** Each step on a target of its own: a step may always be carried out by another worker than the one before. */
    const carryOut = async (
      { effect, timeoutMs }: StrategyStep,
      wanted: StrategyDeployment,
      previous: DeployedVersion | null,
    ) => {
      const target = trial.createTarget()
      try {
        return await target.execute(effect, trial.call(wanted, { previous, timeoutMs }))
      } finally {
        await target.close()
      }
    }
    const inspect = async (
      { effect, timeoutMs }: StrategyStep,
      wanted: StrategyDeployment,
      previous: DeployedVersion | null,
    ) => {
      const target = trial.createTarget()
      try {
        return await target.inspect(effect, trial.call(wanted, { previous, timeoutMs }))
      } finally {
        await target.close()
      }
    }
    let runs = 0
    /** Each run names its deployment anew. */
    const ofRun = (wanted: StrategyDeployment): StrategyDeployment => {
      runs += 1
      return { ...wanted, deploymentId: `${wanted.deploymentId}-${runs}` }
    }
    const deploy = async (deployment: StrategyDeployment) => {
      const previous = await live()
      const wanted = ofRun(deployment)
      for (const step of plan(trial.config).deploy) await carryOut(step, wanted, previous)
      return { previous, wanted }
    }

    test("its settings can be written down as JSON Schema and drawn as a form", () => {
      const schema = z.toJSONSchema(definition.configSchema, { io: "input", unrepresentable: "any" })
      expect(schema).toMatchObject({ type: "object", additionalProperties: false })
      expect(() => plan({ unknown: true })).toThrow()
    })

    test("every step has a name of its own, a limit, and says whether it changes the world", () => {
      const { deploy: steps, promotePrevious } = plan(trial.config)
      for (const list of [steps, promotePrevious]) {
        expect(list.length).toBeGreaterThan(0)
        expect(new Set(list.map(({ key }) => key)).size).toBe(list.length)
        for (const { timeoutMs, retries } of list) {
          expect(timeoutMs).toBeGreaterThan(0)
          expect(retries).toBeGreaterThanOrEqual(0)
        }
        expect(list.some(({ changesWorld }) => changesWorld)).toBe(true)
      }
    })

    test("it deploys, says what is live, deploys another one, and goes back", { timeout: TEST_MS }, async () => {
      await deploy(trial.first)
      expect(await live()).toMatchObject({ version: trial.first.version, commit: trial.first.commit })
      const before = await trial.switches()
      const { previous } = await deploy(trial.second)
      expect(await live()).toMatchObject({ version: trial.second.version, commit: trial.second.commit })
      expect(await trial.switches()).toBe(before + 1)
      if (!previous) throw new Error("nothing was live before")
      const back = { ...trial.first, deploymentId: previous.deploymentId }
      const now = await live()
      for (const step of plan(trial.config).promotePrevious) await carryOut(step, back, now)
      expect(await live()).toMatchObject({ version: trial.first.version, deploymentId: previous.deploymentId })
      expect(await trial.switches()).toBe(before + 2)
    })

    test("a step that is finished has no effect when it is done again", { timeout: TEST_MS }, async () => {
      const { previous, wanted } = await deploy(trial.second)
      const before = await trial.switches()
      for (const step of plan(trial.config).deploy) {
        if (step.changesWorld) {
          const found = await inspect(step, wanted, previous)
          expect(found.words.length).toBeGreaterThan(3)
          expect(found.answer, `${step.key}: what was done is not done again`).not.toBe("untouched")
        } else await carryOut(step, wanted, previous)
      }
      expect(await trial.switches()).toBe(before)
      expect(await live()).toMatchObject({ version: trial.second.version })
      await deploy(trial.first)
    })

    test("stopped, it ends with the reason it was stopped for", { timeout: TEST_MS }, async () => {
      const reason = new Error("somebody aborted")
      const target = trial.createTarget()
      for (const { effect } of plan(trial.config).deploy) {
        const call = trial.call(ofRun(trial.second), { previous: await live(), signal: AbortSignal.abort(reason) })
        await expect(target.execute(effect, call), effect).rejects.toBe(reason)
      }
      await target.close()
      expect(await live()).toMatchObject({ version: trial.first.version })
    })

    test("a failure at any step leads to a stated end, and from there to the goal", {
      timeout: TEST_MS * 4,
    }, async () => {
      const steps = plan(trial.config).deploy
      let [next, other] = [trial.second, trial.first]
      for (const broken of steps) {
        const wanted = ofRun(next)
        const previous = await live()
        const before = await trial.switches()
        await trial.breakAt(broken.effect)
        let failedAt: StrategyStep | null = null
        for (const step of steps) {
          const error = await carryOut(step, wanted, previous).then(
            () => null,
            (thrown: unknown) => thrown,
          )
          if (error === null) continue
          expect(error, `${broken.key} broken, ${step.key} failed`).toBeInstanceOf(StrategyFailure)
          expect((error as Error).message.length).toBeGreaterThan(10)
          failedAt = step
          break
        }
        await trial.repair()
        if (!failedAt) throw new Error(`${broken.key} was broken, and nothing failed`)
        const now = await live()
        expect([previous?.version, wanted.version], `${broken.key} broken: one of two is live`).toContain(now?.version)
        // From where it failed, as a worker would: what changes the world is asked about first.
        const goOn = async () => {
          for (const step of steps.slice(steps.indexOf(failedAt))) {
            const found = step.changesWorld ? await inspect(step, wanted, previous) : null
            if (found?.answer !== "done") await carryOut(step, wanted, previous)
          }
        }
        await goOn().catch(async (error: unknown) => {
          // Accepted and forgotten by the platform: this run has ended, and people start another one.
          expect(error).toBeInstanceOf(StrategyFailure)
          expect(await live()).toMatchObject({ version: previous?.version })
          await deploy(next)
        })
        expect(await live(), `${broken.key} broken, then repaired`).toMatchObject({ version: wanted.version })
        expect(await trial.switches(), `${broken.key} broken: users were switched once`).toBe(before + 1)
        ;[next, other] = [other, next]
      }
    })
  })
}

import { isDeepStrictEqual } from "node:util"
import type { StrategyTarget } from "@/lib/strategies/contract"
import type { RunSecrets } from "./run-secrets"

/** A strategy's target whose settings hold the secrets of the moment of each call, and whose answers hold none. */
export function targetWithSecrets(
  secrets: RunSecrets,
  config: Record<string, unknown>,
  create: (config: Record<string, unknown>) => StrategyTarget,
): StrategyTarget {
  const made: { config: Record<string, unknown>; target: StrategyTarget }[] = []

  async function target(): Promise<StrategyTarget> {
    const filled = await secrets.fill(config)
    const known = made.at(-1)
    if (known && isDeepStrictEqual(known.config, filled)) return known.target
    const fresh = create(filled)
    made.push({ config: filled, target: fresh })
    return fresh
  }

  /** Names of versions are compared: they are cleaned by a rule of their own. */
  async function withLive<T extends { live?: unknown }>(work: () => Promise<T>): Promise<T> {
    let live: unknown
    const rest = await secrets.clean(async () => {
      const answer = await work()
      live = answer.live
      return { ...answer, live: undefined }
    })
    return { ...rest, ...(live === undefined ? {} : { live: secrets.cleanVersion(live as null) }) } as T
  }

  return {
    live: async (signal) => {
      const { live } = await withLive(async () => ({ live: await (await target()).live(signal) }))
      return live ?? null
    },
    execute: (effect, call) => withLive(async () => (await target()).execute(effect, call)),
    inspect: (effect, call) => withLive(async () => (await target()).inspect(effect, call)),
    close: async () => {
      await secrets.clean(() => Promise.all(made.map((one) => one.target.close())))
    },
  }
}

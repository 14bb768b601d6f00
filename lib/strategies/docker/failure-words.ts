import type { ProcessEnd, StrategyFailure } from "../contract"
import { engineFailure, type KnownFailure } from "../parts/engine-failure"

const OWN: KnownFailure[] = [
  {
    pattern: /container name "\/?([^"]+)" is already in use/i,
    // Whoever holds it may be the container of a step that is just being tidied up.
    transient: true,
    words: ([, name]) => `The name "${name}" is taken by another container`,
  },
]

/** A failed command of the engine as the failure of a step. `what` is the beginning of a sentence: "The build". */
export function failureOf(what: string, end: ProcessEnd, timeoutMs: number): StrategyFailure {
  return engineFailure(what, end, timeoutMs, OWN)
}

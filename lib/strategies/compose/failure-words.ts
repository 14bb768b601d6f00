import type { ProcessEnd, StrategyFailure } from "../contract"
import { engineFailure, type KnownFailure } from "../parts/engine-failure"

const OWN: KnownFailure[] = [
  {
    pattern: /container name "\/?([^"]+)" is already in use/i,
    transient: false,
    words: ([, name]) => `The name "${name}" is taken by a container that is not of this project: it is left alone`,
  },
  {
    pattern: /no such service: (\S+)/i,
    transient: false,
    words: ([, service]) => `The Compose file has no service "${service}"`,
  },
]

/** A failed command as the failure of a step. `what` is the beginning of a sentence: "The build". */
export function failureOf(what: string, end: ProcessEnd, timeoutMs: number): StrategyFailure {
  return engineFailure(what, end, timeoutMs, OWN)
}

import { setTimeout as delay } from "node:timers/promises"
import { type StrategyCall, StrategyFailure } from "../contract"
import { lastLines } from "../parts/engine-failure"
import { type Container, listContainers } from "./containers"
import type { ComposeConfig } from "./definition"
import type { Engine } from "./engine"

const POLL_MS = 250
/** Without a health check, a container that has run for so long counts as started. */
const SETTLED_MS = 3_000
const LOG_LINES = "20"
const WORDS_LINES = 3

interface Wait {
  engine: Engine
  config: ComposeConfig
  /** The image id that each service has to run. */
  images: Record<string, string>
  deploymentId: string
  timeoutMs: number
  call: Pick<StrategyCall, "signal" | "log">
}

/**
 * Waits until every service runs the image that was asked and is healthy. Rejects with what was wrong last and the end of
 * that container's log; at once where a container has ended.
 */
export async function waitUntilHealthy(wait: Wait): Promise<Container[]> {
  const { engine, config, timeoutMs, call } = wait
  const deadlineMs = performance.now() + timeoutMs
  for (;;) {
    call.signal.throwIfAborted()
    const found = await listContainers(engine, config)
    const wrong = config.services.map((service) => whatIsWrong(service, found, wait)).find((words) => words !== null)
    if (!wrong) return found
    if (wrong.final || performance.now() >= deadlineMs) {
      const after = wrong.final ? "" : ` after ${Math.round(timeoutMs / 1_000)} s`
      const said = wrong.container ? await tell(engine, wrong.container, call) : ""
      throw new StrategyFailure(`${wrong.words}${after}${said}`, false)
    }
    await delay(POLL_MS, undefined, { signal: call.signal }).catch(() => call.signal.throwIfAborted())
  }
}

interface Wrong {
  words: string
  /** It does not change by waiting. */
  final: boolean
  container: Container | null
}

function whatIsWrong(service: string, all: Container[], { images, deploymentId }: Wait): Wrong | null {
  const own = all.filter((container) => container.service === service)
  if (own.length === 0) return { words: `The service "${service}" has no container`, final: false, container: null }
  for (const container of own) {
    const say = (words: string, final = false): Wrong => ({
      words: `The service "${service}" ${words}`,
      final,
      container,
    })
    if (container.deployed?.deploymentId !== deploymentId) return say("still runs another deployment")
    if (container.imageId !== images[service]) return say("runs another image than was asked", true)
    if (container.restarts > 0) return say(`ended and was started again, with exit code ${container.exitCode}`, true)
    // Made and not started yet: its end has no time.
    if (!container.running && container.startedAtMs > 0) return say(`ended with exit code ${container.exitCode}`, true)
    if (!container.running) return say("is not started")
    if (container.paused) return say("is paused")
    if (container.health && container.health !== "healthy") return say(`is "${container.health}" by its own check`)
    if (!container.health && Date.now() - container.startedAtMs < SETTLED_MS) return say("was started a moment ago")
  }
  return null
}

async function tell(engine: Engine, { id }: Container, { log }: Wait["call"]): Promise<string> {
  const end = await engine.docker(["logs", "--tail", LOG_LINES, id])
  const lines = `${end.stdout}\n${end.stderr}`.split("\n").filter((line) => line.trim())
  for (const line of lines) log("info", `${line}\n`)
  return lines.length > 0 ? `. It said last: ${lastLines(lines.join("\n"), WORDS_LINES)}` : ". It said nothing"
}

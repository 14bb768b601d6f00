import { setTimeout as delay } from "node:timers/promises"
import { type StrategyCall, StrategyFailure } from "../contract"
import { lastLines } from "../parts/engine-failure"
import { type Container, findContainer, lastWords } from "./containers"
import type { DockerConfig } from "./definition"
import type { Engine } from "./engine"

const POLL_MS = 100
/** How often the engine is asked meanwhile whether the container still runs. */
const LOOK_MS = 1_000
const ANSWER_TIMEOUT_MS = 5_000
/** The last question gets a fair time, so that what is told is the service's fault and not the clock's. */
const LEAST_ANSWER_MS = 1_000
/** Without any way to ask, a container that has run for so long counts as started. */
const SETTLED_MS = 3_000
const WORDS_LINES = 3

interface Wait {
  engine: Engine
  config: DockerConfig
  id: string
  version: string
  timeoutMs: number
  call: Pick<StrategyCall, "signal" | "log">
}

/**
 * Waits until a container is healthy in the way the settings name. Rejects with what was wrong last and with the end of
 * the container's log; at once where the container has ended.
 */
export async function waitUntilHealthy(wait: Wait): Promise<Container> {
  const { engine, id, timeoutMs, call } = wait
  const deadlineMs = performance.now() + timeoutMs
  let found = await look(wait)
  let lookedMs = performance.now()
  for (;;) {
    call.signal.throwIfAborted()
    const leftMs = deadlineMs - performance.now()
    const wrong = await whatIsWrong(
      wait,
      found,
      Math.ceil(Math.min(Math.max(leftMs, LEAST_ANSWER_MS), ANSWER_TIMEOUT_MS)),
    )
    if (wrong === null) return found
    if (performance.now() - lookedMs >= LOOK_MS || !usesPath(wait)) {
      found = await look(wait)
      lookedMs = performance.now()
    }
    if (leftMs <= 0) {
      const words = await tell(engine, id, call)
      throw new StrategyFailure(`The container is not healthy after ${timeoutMs} ms: ${wrong}${words}`, false)
    }
    await delay(Math.min(POLL_MS, leftMs), undefined, { signal: call.signal }).catch(() => call.signal.throwIfAborted())
  }
}

async function look({ engine, id, call }: Wait): Promise<Container> {
  const found = await findContainer(engine, id)
  if (!found) throw new StrategyFailure("The container is gone: somebody removed it", false)
  if (found.running && found.restarts === 0) return found
  const words = await tell(engine, id, call)
  const how = found.restarts > 0 ? "ended and was started again" : "ended"
  throw new StrategyFailure(`The container ${how}, with exit code ${found.exitCode}${words}`, false)
}

/** Null: healthy. */
async function whatIsWrong(wait: Wait, found: Container, timeoutMs: number): Promise<string | null> {
  const { engine, config, id } = wait
  const { health } = config.container
  if (found.paused) return "it is paused"
  if (!health) {
    if (found.health) return found.health === "healthy" ? null : `its own check says "${found.health}"`
    return Date.now() - found.startedAtMs >= SETTLED_MS ? null : "it was started a moment ago"
  }
  if ("path" in health) return askPath(wait, found, health.path, timeoutMs)
  const end = await engine.run(["exec", id, ...health.command])
  if (end.exitCode === 0) return null
  const said = lastLines(end.stderr || end.stdout, 1)
  return `${health.command[0]} ended with exit code ${end.exitCode}${said ? ` (${said})` : ""}`
}

async function askPath(wait: Wait, found: Container, path: string, timeoutMs: number): Promise<string | null> {
  const url = publishedUrl(wait, found)
  if (!url) return "its port is not published"
  const signal = AbortSignal.any([wait.call.signal, AbortSignal.timeout(timeoutMs)])
  try {
    const answer = await fetch(new URL(path, url), { redirect: "manual", signal, headers: { connection: "close" } })
    const named = versionIn(await answer.text())
    if (answer.status !== 200) return `${path} answers ${answer.status}`
    if (named === null || named.replace(/^v/, "") === wait.version.replace(/^v/, "")) return null
    return `${path} answers as version ${named}, expected ${wait.version}`
  } catch (error) {
    wait.call.signal.throwIfAborted()
    const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error
    return `${path}: ${inner instanceof Error ? inner.message : String(inner)}`
  }
}

/** Where the first port of the settings is reached from here; null while it is not published. */
export function publishedUrl({ engine, config }: Pick<Wait, "engine" | "config">, found: Container): string | null {
  const [first] = config.container.ports
  const at = first && found.published[`${first.container}/tcp`]
  if (!at) return null
  const anywhere = at.address === "" || at.address === "0.0.0.0" || at.address === "::"
  const host = anywhere ? engine.machine : at.address
  return `http://${host.includes(":") && !host.startsWith("[") ? `[${host}]` : host}:${at.port}`
}

const usesPath = ({ config: { container } }: Wait) => container.health !== undefined && "path" in container.health

async function tell(engine: Engine, id: string, { log }: Wait["call"]): Promise<string> {
  const lines = await lastWords(engine, id)
  for (const line of lines) log("info", `${line}\n`)
  return lines.length > 0 ? `. It said last: ${lastLines(lines.join("\n"), WORDS_LINES)}` : ". It said nothing"
}

/** The version that a JSON answer names, if it names one. */
function versionIn(body: string): string | null {
  try {
    const { version } = JSON.parse(body) as { version?: unknown }
    return typeof version === "string" ? version : null
  } catch {
    return null
  }
}

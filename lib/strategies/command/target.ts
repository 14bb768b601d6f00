import { mkdir } from "node:fs/promises"
import { setTimeout as delay } from "node:timers/promises"
import { z } from "zod"
import type { DeployedVersion } from "@/lib/domain/release/state"
import {
  type CreateTarget,
  type Inspection,
  nameVersion,
  type ProcessEnd,
  type StrategyCall,
  StrategyFailure,
  type StrategyResult,
  unknownEffect,
} from "../contract"
import { commandConfigSchema } from "./definition"
import { fillIn } from "./fill-in"

const POLL_MS = 2_000
const LIVE_TIMEOUT_MS = 60_000
const LOG_TIMEOUT_MS = 60_000

const liveSchema = z
  .object({ deploymentId: z.string().min(1), version: z.string().min(1), commit: z.string().nullable().default(null) })
  .nullable()

/** Deploys by running the team's own programs. */
export const createTarget: CreateTarget = (rawConfig, ports) => {
  const config = commandConfigSchema.parse(rawConfig)
  const cwd = config.directory ?? ports.workDirectory

  async function runIt(argv: string[], call: Pick<StrategyCall, "signal" | "log" | "timeoutMs">): Promise<ProcessEnd> {
    await mkdir(cwd, { recursive: true })
    const { signal, log, timeoutMs } = call
    return ports.runProcess({ argv, cwd, env: config.env, timeoutMs, signal, log })
  }

  async function live(signal: AbortSignal): Promise<DeployedVersion | null> {
    const end = await runIt(config.live, { signal, log: () => {}, timeoutMs: LIVE_TIMEOUT_MS })
    if (end.exitCode !== 0) throw new StrategyFailure(`The program that says what is live failed: ${ended(end)}`, true)
    return parseLive(end.stdout)
  }

  async function runWorldChange(argv: string[], what: string, call: StrategyCall): Promise<StrategyResult> {
    const end = await runIt(fillIn(argv, call, ports.repository), call)
    if (end.exitCode !== 0) {
      await keepLogs(call)
      throw new StrategyFailure(`The ${what} program did not succeed: ${ended(end)}`, false)
    }
    const now = await live(call.signal)
    const result: StrategyResult = {
      summary: `The ${what} program ended well; ${nameVersion(now)} is live`,
      facts: [{ label: "Program", value: argv[0] ?? "" }],
    }
    return now && isWanted(now, call) ? { ...result, live: now } : result
  }

  async function keepLogs(call: StrategyCall): Promise<void> {
    if (!config.logs || call.signal.aborted) return
    await runIt(fillIn(config.logs, call, ports.repository), { ...call, timeoutMs: LOG_TIMEOUT_MS }).catch((error) =>
      call.log("info", `The log could not be read: ${String(error)}`),
    )
  }

  async function confirm(call: StrategyCall): Promise<StrategyResult> {
    const deadline = Date.now() + call.timeoutMs
    for (;;) {
      const now = await live(call.signal)
      if (now && isWanted(now, call)) {
        return {
          summary: `${nameVersion(now)} is live`,
          facts: [{ label: "Live", value: nameVersion(now) }],
          live: now,
        }
      }
      if (Date.now() >= deadline) {
        await keepLogs(call)
        const words = `${nameVersion(now)} is live after ${Math.round(call.timeoutMs / 1_000)} s`
        throw new StrategyFailure(`Accepted, but it never became live: ${words}`, false)
      }
      await delay(Math.min(POLL_MS, Math.max(1, deadline - Date.now())), undefined, { signal: call.signal }).catch(() =>
        call.signal.throwIfAborted(),
      )
    }
  }

  return {
    live,
    execute: async (effect, call) => {
      if (effect === "deploy") return runWorldChange(config.deploy, "deploy", call)
      if (effect === "promote") return runWorldChange(config.promote, "promote", call)
      if (effect === "confirm") return confirm(call)
      throw unknownEffect("command", effect)
    },
    inspect: async (_effect, call): Promise<Inspection> => {
      const now = await live(call.signal)
      const words = `${nameVersion(now)} is live`
      if (now && isWanted(now, call)) return { answer: "done", live: now, words }
      const unchanged = (now?.deploymentId ?? null) === (call.previous?.deploymentId ?? null)
      // The platform may still be at work on what was asked before: only the team knows whether asking twice is safe.
      if (unchanged && config.repeatable) return { answer: "untouched", live: now, words }
      return { answer: "unknown", live: now, words: `${words}; whether the platform is still at work is not known` }
    },
    close: async () => {},
  }
}

/** A platform may name deployments itself: then version and commit tell, as long as it is not the one found before. */
function isWanted(now: DeployedVersion, { deployment, previous }: StrategyCall): boolean {
  if (now.deploymentId === deployment.deploymentId) return true
  if (now.deploymentId === previous?.deploymentId || now.version !== deployment.version) return false
  return deployment.commit === null || now.commit === null || now.commit === deployment.commit
}

function parseLive(stdout: string): DeployedVersion | null {
  const line = stdout.trim().split("\n").at(-1) ?? ""
  try {
    return liveSchema.parse(JSON.parse(line))
  } catch {
    throw new StrategyFailure(
      `The program that says what is live printed "${line.slice(0, 200)}", which is not it`,
      false,
    )
  }
}

function ended(end: ProcessEnd): string {
  if (end.timedOut) return "it took too long and was ended"
  const last = end.stderr.trim().split("\n").at(-1) ?? ""
  return `${end.signal ? `signal ${end.signal}` : `exit code ${end.exitCode}`}${last ? ` (${last.slice(0, 300)})` : ""}`
}

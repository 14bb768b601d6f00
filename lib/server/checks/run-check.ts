import { mkdir, mkdtemp, rm } from "node:fs/promises"
import { join } from "node:path"
import { z } from "zod"
import { errored } from "@/lib/checks/answer"
import type { CheckDefinition } from "@/lib/checks/contract"
import { checkDefinitions } from "@/lib/checks/definitions.gen"
import { sayDuration } from "@/lib/checks/duration"
import type { CheckPorts, CheckResult, CheckRunner } from "@/lib/checks/ports"
import { checkRunners } from "@/lib/checks/runners.gen"
import { asksFor, fillTemplate, sayMissing } from "@/lib/server/template/fill-template"
import { createCheckPorts, type MeasureMetric } from "./check-ports"
import { redactorOf } from "./redact"

export interface CheckOrder {
  kind: string
  /** As the playbook has it, placeholders included. */
  config: unknown
  /** `{ env, release, run, capture }`: what placeholders may ask for. `run.directory` is added where it is asked for. */
  variables: Record<string, unknown>
  limits?: { timeoutMs?: number; outputLimitChars?: number }
  allowPrivateNetwork: boolean
  /** Default true. */
  allowCommands?: boolean
  repository: string | null
  /** Full id, or a ref as it is now. */
  commit: string | null
  /** The run gets a folder of its own in it, and removes it. */
  workDirectory: string
  /** Shared by all checks of this machine: where checkouts are kept to be copied. */
  checkoutCache?: string
  signal: AbortSignal
  onLog: CheckPorts["log"]
  measure?: MeasureMetric
  /** Appear nowhere in logs, summaries and blocks. */
  secrets?: readonly string[]
  /** Why there is no secret of a name that a placeholder asks for. */
  whyNoSecret?: (name: string) => string
}

/** How long a run that was told to end may take for it. */
const END_GRACE_MS = 6_000

/** Carries out one check. Never rejects: what goes wrong is an `errored` result in words. */
export async function runCheck(order: CheckOrder): Promise<CheckResult> {
  const redactor = redactorOf(order.secrets ?? [])
  const log = redactor.streams(order.onLog)
  let folder: string | null = null
  try {
    order.signal.throwIfAborted()
    await mkdir(order.workDirectory, { recursive: true })
    folder = await mkdtemp(join(order.workDirectory, "check-"))
    const result = await inTime(order, folder, log.write)
    // What was captured is meant for later checks and for nobody's eyes.
    const { captures, ...shown } = result
    const clean = redactor.with(Object.values(captures ?? {})).value(shown)
    return captures ? { ...clean, captures } : clean
  } catch (error) {
    return redactor.value(errored(order.signal.aborted ? "Stopped before it ended" : wordsOf(error)))
  } finally {
    log.end()
    if (folder) await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined)
  }
}

async function inTime(order: CheckOrder, folder: string, log: CheckPorts["log"]): Promise<CheckResult> {
  const definition = entry<CheckDefinition>(checkDefinitions, order.kind)
  const runner = entry<CheckRunner>(checkRunners, order.kind)
  if (!definition || !runner) return errored(`There is no check of the kind "${order.kind}"`)
  const { longestTimeoutMs } = definition.limits
  const timeoutMs = Math.min(order.limits?.timeoutMs ?? longestTimeoutMs, longestTimeoutMs)
  const stop = new AbortController()
  const late = new Error(`Not done within ${sayDuration(timeoutMs)}`)
  const onAbort = () => stop.abort(order.signal.reason)
  order.signal.addEventListener("abort", onAbort, { once: true })
  const timers = [setTimeout(() => stop.abort(late), timeoutMs)]
  const overdue = new Promise<never>((_, reject) => {
    stop.signal.addEventListener("abort", () => {
      timers.push(setTimeout(() => reject(stop.signal.reason), END_GRACE_MS))
    })
  })
  overdue.catch(() => undefined)
  try {
    // A runner's own time limit comes first, so that it can say what it waited for.
    const ownLimitMs = Math.max(1, timeoutMs - Math.min(1_000, timeoutMs / 10))
    const ports = createCheckPorts({
      ...{ folder, log, signal: stop.signal, timeoutMs: ownLimitMs },
      ...{ repository: order.repository, commit: order.commit, checkoutCache: order.checkoutCache },
      ...{ allowPrivateNetwork: order.allowPrivateNetwork, allowCommands: order.allowCommands ?? true },
      outputLimitChars: order.limits?.outputLimitChars,
      // A secret on one stream may have the other one's lines in its middle.
      join: (pieces) => redactorOf(order.secrets ?? []).joined(pieces),
      measure: order.measure,
    })
    const work = prepare(order, definition, ports).then((ready) =>
      "config" in ready ? runner(ready.config, ports) : errored(ready.refused),
    )
    return await Promise.race([work, overdue])
  } finally {
    for (const timer of timers) clearTimeout(timer)
    order.signal.removeEventListener("abort", onAbort)
    // Whatever a runner left under way ends with it.
    stop.abort(new Error("The check has ended"))
  }
}

async function prepare(
  { kind, config, variables, whyNoSecret = (name) => `There is no secret ${name}` }: CheckOrder,
  definition: CheckDefinition,
  ports: CheckPorts,
): Promise<{ config: unknown } | { refused: string }> {
  const known = asksFor(config, "run.directory")
    ? { ...variables, run: { ...asRecord(variables.run), directory: await ports.directory() } }
    : variables
  const filled = fillTemplate(config, known)
  if (!filled.ok) return { refused: sayMissing(filled.missing, whyNoSecret) }
  const parsed = definition.configSchema.safeParse(filled.value)
  if (!parsed.success)
    return { refused: `The settings of this ${kind} check do not fit: ${z.prettifyError(parsed.error)}` }
  return { config: parsed.data }
}

/** Registries are plain objects: a kind called `constructor` is none. */
function entry<T>(registry: object, kind: string): T | null {
  return Object.hasOwn(registry, kind) ? ((registry as Record<string, unknown>)[kind] as T) : null
}

function asRecord(value: unknown): Record<string, unknown> {
  return value !== null && typeof value === "object" ? (value as Record<string, unknown>) : {}
}

function wordsOf(error: unknown): string {
  const text =
    error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : String(error)
  return text.trim().slice(0, 1_000) || "It went wrong without a word"
}

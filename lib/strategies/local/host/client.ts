import { setTimeout as delay } from "node:timers/promises"
import { z } from "zod"
import {
  hostStateSchema,
  type Instance,
  type InstanceSpecInput,
  instanceSchema,
  logsAnswerSchema,
  maintenanceSchema,
  type Problem,
  problemSchema,
  removeAnswerSchema,
  type SetLive,
  type SetMaintenance,
  type SetTls,
  setLiveAnswerSchema,
  startAnswerSchema,
  tlsStateSchema,
} from "./contract"

const TIMEOUT_MS = 5_000
/** Starting and removing may wait for requests in flight and for processes to end. */
const LONG_TIMEOUT_MS = 20_000
const POLL_MS = 60

/** `unreachable`: no answer, so it is unknown whether the call had its effect. `protocol`: an answer nobody understands. */
export type LocalHostErrorCode = Problem["code"] | "unreachable" | "protocol" | "start_failed"

export class LocalHostError extends Error {
  constructor(
    readonly code: LocalHostErrorCode,
    message: string,
    readonly problem?: Problem,
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.name = "LocalHostError"
  }
}

export type LocalHostClient = ReturnType<typeof createLocalHostClient>

type Options = { adminUrl: string; token?: string; fetch?: typeof fetch }
type CallOptions = { signal?: AbortSignal }

/** Talks to the admin API of a local host. Every method may be repeated; all reject with `LocalHostError`. */
export function createLocalHostClient({ adminUrl, token, fetch: fetchIt = globalThis.fetch }: Options) {
  const base = adminUrl.replace(/\/+$/, "")

  async function call<S extends z.ZodType>(
    schema: S,
    method: "GET" | "PUT" | "DELETE",
    path: string,
    { body, timeoutMs = TIMEOUT_MS, signal }: { body?: unknown; timeoutMs?: number } & CallOptions = {},
  ): Promise<z.output<S>> {
    const what = `${method} ${base}${path}`
    const timeLimit = AbortSignal.timeout(timeoutMs)
    let status: number
    let text: string
    try {
      const response = await fetchIt(base + path, {
        method,
        redirect: "error",
        signal: signal ? AbortSignal.any([timeLimit, signal]) : timeLimit,
        headers: {
          accept: "application/json",
          ...(token ? { authorization: `Bearer ${token}` } : {}),
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
      })
      status = response.status
      text = await response.text()
    } catch (error) {
      if (signal?.aborted) throw error
      const why = timeLimit.aborted ? `no answer within ${timeoutMs} ms` : reason(error)
      throw new LocalHostError("unreachable", `${what}: ${why}`, undefined, { cause: error })
    }
    const json = parseJson(text)
    if (status >= 400) throw refusal(what, status, json)
    const parsed = schema.safeParse(json)
    if (parsed.success) return parsed.data
    throw new LocalHostError("protocol", `${what}: ${z.prettifyError(parsed.error)}`)
  }

  const instancePath = (deploymentId: string) => `/instances/${encodeURIComponent(deploymentId)}`

  function getInstance(deploymentId: string, options?: CallOptions) {
    return call(instanceSchema, "GET", instancePath(deploymentId), options)
  }

  function readLogs(deploymentId: string, tail = 200, options?: CallOptions) {
    return call(logsAnswerSchema, "GET", `${instancePath(deploymentId)}/logs?tail=${tail}`, options)
  }

  /**
   * Waits until the instance accepts connections. Rejects with `start_failed` and the end of its log if it exits, or if
   * `timeoutMs` pass.
   */
  async function waitUntilRunning(
    deploymentId: string,
    { timeoutMs = 30_000, signal }: { timeoutMs?: number } & CallOptions = {},
  ): Promise<Instance> {
    const deadline = Date.now() + timeoutMs
    for (;;) {
      const instance = await getInstance(deploymentId, { signal })
      if (instance.status === "running") return instance
      const late = Date.now() >= deadline
      if (instance.status === "exited" || late) {
        const why = late
          ? `does not listen after ${timeoutMs} ms`
          : `exited: ${instance.exit?.reason ?? "unknown reason"}`
        const { lines } = await readLogs(deploymentId, 20, { signal })
        throw new LocalHostError("start_failed", [`${deploymentId} ${why}`, ...lines].join("\n"))
      }
      await delay(POLL_MS, undefined, { signal })
    }
  }

  return {
    state: (options?: CallOptions) => call(hostStateSchema, "GET", "/state", options),
    instance: getInstance,
    logs: readLogs,
    waitUntilRunning,
    /** Resolves when the process was started; `waitUntilRunning` tells when it can be used. */
    start: (deploymentId: string, spec: InstanceSpecInput, options?: CallOptions) =>
      call(startAnswerSchema, "PUT", instancePath(deploymentId), {
        body: spec,
        timeoutMs: LONG_TIMEOUT_MS,
        ...options,
      }),
    remove: (deploymentId: string, options?: CallOptions) =>
      call(removeAnswerSchema, "DELETE", instancePath(deploymentId), { timeoutMs: LONG_TIMEOUT_MS, ...options }),
    setLive: (wanted: SetLive, options?: CallOptions) =>
      call(setLiveAnswerSchema, "PUT", "/live", { body: wanted, ...options }),
    maintenance: (options?: CallOptions) => call(maintenanceSchema, "GET", "/maintenance", options),
    setMaintenance: (wanted: SetMaintenance, options?: CallOptions) =>
      call(maintenanceSchema, "PUT", "/maintenance", { body: wanted, ...options }),
    tls: (options?: CallOptions) => call(tlsStateSchema, "GET", "/tls", options),
    setTls: (wanted: SetTls, options?: CallOptions) =>
      call(tlsStateSchema, "PUT", "/tls", { body: wanted, ...options }),
  }
}

function refusal(what: string, status: number, json: unknown): LocalHostError {
  const problem = problemSchema.safeParse(json)
  if (!problem.success) return new LocalHostError("protocol", `${what}: status ${status} without a problem body`)
  return new LocalHostError(problem.data.code, problem.data.detail, problem.data)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** fetch hides the reason of a failed connection in `cause`. */
function reason(error: unknown): string {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return inner instanceof Error ? inner.message : String(inner)
}

import type { z } from "zod"
import { type StrategyCall, StrategyFailure, type StrategyPorts } from "../contract"
import {
  type Deployment,
  deploymentListSchema,
  deploymentSchema,
  eventsSchema,
  type Project,
  problemSchema,
  projectSchema,
} from "./answers"
import type { VercelConfig } from "./definition"

const TIMEOUT_MS = 30_000
/** So long one request is tried again; a step's own limit may end it before. */
const PATIENCE_MS = 60_000
const PAGE = 100
const MOST_PAGES = 5

/** The parts of a step that requests need. */
export type ApiCall = Pick<StrategyCall, "signal" | "log">

/** A status that means something to the step; all others are failures in words. */
interface Answer {
  status: number
  body: unknown
}

export type VercelApi = ReturnType<typeof createVercelApi>

/** Vercel's REST API, as far as a deployment needs it. Everything rejects with a `StrategyFailure`, or the signal's reason. */
export function createVercelApi(config: VercelConfig, ports: Pick<StrategyPorts, "platform">) {
  const { token, projectId, teamId, apiUrl } = config

  async function send(
    { signal, log }: ApiCall,
    method: string,
    path: string,
    { query = {}, body, expected = [] }: { query?: Record<string, string>; body?: unknown; expected?: number[] } = {},
  ): Promise<Answer> {
    signal.throwIfAborted()
    const url = new URL(apiUrl)
    url.pathname = `${url.pathname.replace(/\/$/, "")}${path}`
    for (const [name, value] of Object.entries({ ...query, ...(teamId ? { teamId } : {}) })) {
      url.searchParams.set(name, value)
    }
    const answer = await ports
      .platform({
        ...{ url: url.href, method, signal, timeoutMs: TIMEOUT_MS, patienceMs: PATIENCE_MS },
        headers: {
          Authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        onWait: (words) => log("info", words),
      })
      .catch((error: unknown) => {
        signal.throwIfAborted()
        throw new StrategyFailure(`Vercel could not be reached: ${wordsOf(error)}`, true, { cause: error })
      })
    const { status } = answer
    if ((status >= 200 && status < 300) || expected.includes(status)) return { status, body: parse(answer.body) }
    throw refusal(status, answer.body)
  }

  function refusal(status: number, text: string): StrategyFailure {
    const problem = problemSchema.safeParse(parse(text))
    const said = problem.success ? ` (${[problem.data.error.message, problem.data.error.code].filter(Boolean)[0]})` : ""
    const scope = teamId ? `team ${teamId}` : "the token's own account"
    if (status === 401 || status === 403) {
      return new StrategyFailure(
        `Vercel refuses the token, or what it may do with project ${projectId} of ${scope}: ${status}${said}`,
        false,
      )
    }
    if (status === 404) return new StrategyFailure(`Vercel does not know it in ${scope}: 404${said}`, false)
    return new StrategyFailure(`Vercel answered ${status}${said}`, status === 429 || status >= 500)
  }

  function read<S extends z.ZodType>(schema: S, { body }: Answer, what: string): z.output<S> {
    const parsed = schema.safeParse(body)
    if (parsed.success) return parsed.data
    // Cut off on its way, or a page of something in between: asked again it may be whole.
    throw new StrategyFailure(`Vercel's answer is not ${what}`, true)
  }

  async function project(call: ApiCall): Promise<Project> {
    const answer = await send(call, "GET", `/v9/projects/${encodeURIComponent(projectId)}`)
    return read(projectSchema, answer, "a project")
  }

  /** By id, or by a domain that leads to it. Null: there is none. */
  async function deployment(call: ApiCall, idOrHost: string): Promise<Deployment | null> {
    const path = `/v13/deployments/${encodeURIComponent(idOrHost)}`
    const answer = await send(call, "GET", path, { expected: [404] })
    return answer.status === 404 ? null : read(deploymentSchema, answer, "a deployment")
  }

  /** Among the newest production deployments, the one whose metadata says so; Vercel's id. */
  async function findByMeta(call: ApiCall, name: string, value: string): Promise<string | null> {
    let until: number | null | undefined
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const query = { projectId, target: "production", limit: String(PAGE), ...(until ? { until: String(until) } : {}) }
      const list = read(deploymentListSchema, await send(call, "GET", "/v7/deployments", { query }), "a list")
      const found = list.deployments.find(({ meta }) => meta[name] === value)
      if (found) return found.uid
      until = list.pagination?.next
      if (!until) return null
    }
    return null
  }

  async function create(call: ApiCall, body: Record<string, unknown>): Promise<Deployment> {
    const query = { forceNew: "1", skipAutoDetectionConfirmation: "1" }
    return read(deploymentSchema, await send(call, "POST", "/v13/deployments", { query, body }), "a deployment")
  }

  /** Accepted, or (409) there is something under way that stands against it. */
  async function pointDomains(call: ApiCall, how: "promote" | "rollback", id: string): Promise<number> {
    const path = `/${how === "promote" ? "v10" : "v1"}/projects/${encodeURIComponent(projectId)}/${how}/${encodeURIComponent(id)}`
    return (await send(call, "POST", path, { expected: [409] })).status
  }

  async function cancel(call: ApiCall, id: string): Promise<void> {
    await send(call, "PATCH", `/v12/deployments/${encodeURIComponent(id)}/cancel`)
  }

  async function events(call: ApiCall, id: string, sinceMs: number) {
    const query = { builds: "1", direction: "forward", limit: "-1", since: String(sinceMs) }
    const answer = await send(call, "GET", `/v3/deployments/${encodeURIComponent(id)}/events`, { query })
    return read(eventsSchema, answer, "a list of events")
  }

  return { project, deployment, findByMeta, create, pointDomains, cancel, events }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

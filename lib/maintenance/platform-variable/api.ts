import { z } from "zod"
import type { MaintenancePorts } from "../contract"
import type { PlatformVariableConfig } from "./definition"

const TIMEOUT_MS = 30_000
const PATIENCE_MS = 60_000

/** What is read of Vercel's answers: `GET /v13/deployments/{idOrUrl}`, `GET /v10/projects/{idOrName}/env`. */
const deploymentSchema = z.object({
  id: z.string(),
  name: z.string(),
  readyState: z.string(),
  meta: z.record(z.string(), z.string()).catch({}).default({}),
})
export type Deployment = z.infer<typeof deploymentSchema>
const variablesSchema = z.object({
  envs: z.array(
    z.object({
      key: z.string(),
      value: z.string().catch(""),
      target: z.union([z.string(), z.array(z.string())]).catch([]),
    }),
  ),
})
const problemSchema = z.object({ error: z.object({ message: z.string() }) })

/** The few requests that a variable and a redeployment take. Everything rejects with an Error in words. */
export function createApi(config: PlatformVariableConfig, { platform, signal }: MaintenancePorts) {
  const project = encodeURIComponent(config.projectId)

  async function send(
    method: string,
    path: string,
    query: Record<string, string>,
    body?: unknown,
    expected: number[] = [],
  ) {
    const url = new URL(path, config.apiUrl)
    const scope: Record<string, string> = config.teamId ? { teamId: config.teamId } : {}
    url.search = new URLSearchParams({ ...query, ...scope }).toString()
    const answer = await platform({
      ...{ url: url.href, method, signal, timeoutMs: TIMEOUT_MS, patienceMs: PATIENCE_MS },
      headers: {
        Authorization: `Bearer ${config.token}`,
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch((error: unknown) => {
      signal.throwIfAborted()
      throw new Error(`Vercel could not be reached: ${error instanceof Error ? error.message : String(error)}`)
    })
    const parsed = parse(answer.body)
    if ((answer.status >= 200 && answer.status < 300) || expected.includes(answer.status)) {
      return { status: answer.status, body: parsed }
    }
    const problem = problemSchema.safeParse(parsed)
    const what = answer.status === 401 || answer.status === 403 ? "refuses the token" : "answered"
    throw new Error(`Vercel ${what} (${answer.status})${problem.success ? `: ${problem.data.error.message}` : ""}`)
  }

  function read<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
    const parsed = schema.safeParse(body)
    if (!parsed.success) throw new Error("Vercel's answer is not what its API says")
    return parsed.data
  }

  return {
    async deployment(idOrHost: string): Promise<Deployment | null> {
      const answer = await send("GET", `/v13/deployments/${encodeURIComponent(idOrHost)}`, {}, undefined, [404])
      return answer.status === 404 ? null : read(deploymentSchema, answer.body)
    },
    /** Of production, by name. */
    async variables(): Promise<Map<string, string>> {
      const { envs } = read(variablesSchema, (await send("GET", `/v10/projects/${project}/env`, {})).body)
      return new Map(
        envs.flatMap(({ key, value, target }) => ([target].flat().includes("production") ? [[key, value]] : [])),
      )
    },
    async setVariable(key: string, value: string): Promise<void> {
      const body = { key, value, type: "plain", target: ["production"] }
      await send("POST", `/v10/projects/${project}/env`, { upsert: "true" }, body)
    },
    async redeploy({ id, name, meta }: Deployment, marks: Record<string, string>): Promise<Deployment> {
      const body = { name, deploymentId: id, target: "production", meta: { ...meta, ...marks } }
      return read(deploymentSchema, (await send("POST", "/v13/deployments", { forceNew: "1" }, body)).body)
    },
    async promote(id: string): Promise<void> {
      await send("POST", `/v10/projects/${project}/promote/${encodeURIComponent(id)}`, {}, undefined, [409])
    },
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

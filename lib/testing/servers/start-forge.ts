import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { z } from "zod"

export interface Told {
  id: number
  commit: string
  environment: string
  states: string[]
  descriptions: string[]
}
/** What it does to the next requests instead of answering as it should, in their order. */
export type Trouble = (res: ServerResponse) => void

export interface Forge {
  url: string
  deployments: Told[]
  requests: string[]
  trouble: Trouble[]
  /** So many POSTs have their effect and no answer. */
  loses: number
  close(): Promise<void>
}

const TOKEN = "forge-token-0123456789"
export const forgeToken = TOKEN

/** Bodies as the published APIs take them: what is not in there is refused with 422. */
const githubDeployment = z.strictObject({
  ref: z.string(),
  task: z.string().optional(),
  auto_merge: z.boolean().optional(),
  required_contexts: z.array(z.string()).optional(),
  payload: z.union([z.string(), z.record(z.string(), z.unknown())]).optional(),
  environment: z.string().optional(),
  description: z.string().max(140).optional(),
  transient_environment: z.boolean().optional(),
  production_environment: z.boolean().optional(),
})
const githubStatus = z.strictObject({
  state: z.enum(["error", "failure", "inactive", "in_progress", "queued", "pending", "success"]),
  target_url: z.url().optional(),
  log_url: z.url().optional(),
  description: z.string().max(140).optional(),
  environment: z.string().optional(),
  environment_url: z.url().optional(),
  auto_inactive: z.boolean().optional(),
})
const gitlabStatus = z.enum(["running", "success", "failed", "canceled"])
const gitlabDeployment = z.strictObject({
  environment: z.string(),
  sha: z.string().regex(/^[0-9a-f]{40}$/),
  ref: z.string(),
  tag: z.boolean(),
  status: gitlabStatus,
})

/** GitHub's and GitLab's APIs for deployments, as far as they are published. */
export async function startForge(): Promise<Forge> {
  const forge: Omit<Forge, "url" | "close"> = { deployments: [], requests: [], trouble: [], loses: 0 }
  const tasks = new Map<number, string>()
  const refs = new Map<number, string>()

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(req.url ?? "/", "http://forge")
    forge.requests.push(`${req.method} ${pathname}`)
    const trouble = forge.trouble.shift()
    let text = ""
    for await (const chunk of req) text += chunk
    if (trouble) return trouble(res)
    const send = (status: number, body: unknown) => {
      if (req.method === "POST" && status < 300 && forge.loses > 0) {
        forge.loses -= 1
        return void res.destroy()
      }
      res.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body))
    }
    const known =
      req.headers.authorization === `Bearer ${TOKEN}`
        ? "github"
        : req.headers["private-token"] === TOKEN
          ? "gitlab"
          : ""
    if (!known) return send(401, { message: "Bad credentials" })
    const path = `${req.method} ${pathname}`
    const body: unknown = text ? JSON.parse(text) : undefined
    const parsed = <T>(schema: z.ZodType<T>): T | null => {
      const result = schema.safeParse(body)
      if (!result.success) send(known === "github" ? 422 : 400, { message: z.prettifyError(result.error) })
      return result.success ? result.data : null
    }
    const make = (commit: string, environment: string): Told => {
      const told = { id: forge.deployments.length + 1, commit, environment, states: [], descriptions: [] }
      forge.deployments.push(told)
      return told
    }
    if (known === "github") {
      if (!req.headers["user-agent"]) return send(403, { message: "Request forbidden by administrative rules" })
      if (path === "GET /repos/acme/shop/deployments") {
        const task = searchParams.get("task")
        return send(
          200,
          forge.deployments.filter(({ id }) => tasks.get(id) === task).map(({ id }) => ({ id })),
        )
      }
      if (path === "POST /repos/acme/shop/deployments") {
        const wanted = parsed(githubDeployment)
        if (!wanted) return
        const told = make(wanted.ref, wanted.environment ?? "production")
        tasks.set(told.id, wanted.task ?? "deploy")
        return send(201, { id: told.id })
      }
      const id = Number(/^\/repos\/acme\/shop\/deployments\/(\d+)\/statuses$/.exec(pathname)?.[1])
      const told = forge.deployments.find((one) => one.id === id)
      if (!told) return send(404, { message: "Not Found" })
      if (req.method === "GET") {
        return send(200, told.states.map((state, n) => ({ state, description: told.descriptions[n] })).reverse())
      }
      const status = parsed(githubStatus)
      if (!status) return
      told.states.push(status.state)
      told.descriptions.push(status.description ?? "")
      return send(201, { state: status.state })
    }
    const shown = ({ id, commit, states }: Told) => ({ id, sha: commit, ref: refs.get(id), status: states.at(-1) })
    const project = "/api/v4/projects/acme%2Fshop/deployments"
    if (path === `GET ${project}`) {
      const environment = searchParams.get("environment")
      return send(
        200,
        forge.deployments
          .filter((one) => one.environment === environment)
          .map(shown)
          .reverse(),
      )
    }
    if (path === `POST ${project}`) {
      const wanted = parsed(gitlabDeployment)
      if (!wanted) return
      const told = make(wanted.sha, wanted.environment)
      refs.set(told.id, wanted.ref)
      told.states.push(wanted.status)
      return send(201, shown(told))
    }
    const told = forge.deployments.find(({ id }) => `${project}/${id}` === pathname)
    if (!told || req.method !== "PUT") return send(404, { message: "404 Not found" })
    const change = parsed(z.strictObject({ status: gitlabStatus }))
    if (!change) return
    if (["success", "failed", "canceled"].includes(told.states.at(-1) ?? "")) {
      return send(400, { message: { status: ["cannot transition"] } })
    }
    told.states.push(change.status)
    return send(200, shown(told))
  }

  const server = createServer((req, res) => void answer(req, res).catch((error) => res.destroy(error)))
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return Object.assign(forge, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  })
}

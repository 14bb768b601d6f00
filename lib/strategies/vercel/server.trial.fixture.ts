import { randomBytes } from "node:crypto"
import type { IncomingMessage, ServerResponse } from "node:http"
import { startAnswering } from "@/lib/testing/conformance/start-answering"
import { faultOfCreateRequest } from "./published-api.trial.fixture"

export const TOKEN = "vercel-test-token-6b1f"
export const TEAM = "team_acme"
export const DOMAIN = "shop.example.com"
const PROJECT = { id: "prj_shop", name: "shop" }

/** What goes wrong from now on, until it is told otherwise. */
export interface Misbehaviour {
  /** Answers all requests to a path with this, for so many times. */
  answer?: { path: RegExp; status: number; headers?: Record<string, string>; body?: string; times: number }
  /** Does what is asked and drops the connection before it answers. */
  dropAfter?: RegExp
  /** Builds end like this, or (`never`) not at all. */
  build?: "ERROR" | "never"
  /** Accepts to lead the domains elsewhere and never does. */
  lies?: boolean
  /** Leads the domains elsewhere, and then says that it failed. */
  aliasFails?: boolean
  /** Production builds get the domains by themselves. */
  autoAssign?: boolean
}

interface Stored {
  id: string
  createdAt: number
  readyState: string
  readySubstate: string
  cancelled: boolean
  builtAt: number
  target: string
  meta: Record<string, string>
  gitSource: { ref: string; sha?: string }
  name: string
}

/** A server that behaves as Vercel's REST API is published to, for one project of one team. */
export async function startVercel() {
  const deployments = new Map<string, Stored>()
  let misbehaviour: Misbehaviour = {}
  let production: string | null = null
  let alias: { toDeploymentId: string; jobStatus: string; at: number } | null = null
  let switches = 0
  const requests: { method: string; path: string; body: string }[] = []

  function settle(): void {
    const now = Date.now()
    for (const one of deployments.values()) {
      if (one.readyState !== "BUILDING" || now < one.builtAt || misbehaviour.build === "never") continue
      one.readyState = misbehaviour.build ?? "READY"
      if (one.readyState === "READY" && misbehaviour.autoAssign) pointTo(one.id)
    }
    if (alias?.jobStatus !== "in-progress" || now < alias.at || misbehaviour.lies) return
    if (misbehaviour.aliasFails) alias.jobStatus = "failed"
    else {
      pointTo(alias.toDeploymentId)
      alias.jobStatus = "succeeded"
    }
  }
  function pointTo(id: string): void {
    if (production === id) return
    production = id
    switches += 1
    const one = deployments.get(id)
    if (one) one.readySubstate = "PROMOTED"
  }
  function shown({ id, readyState, readySubstate, target, meta, gitSource, name, createdAt }: Stored) {
    const state = { readyState, status: readyState, ...(readyState === "READY" ? { readySubstate } : {}) }
    const inspectorUrl = `https://vercel.com/acme/shop/${id}`
    return { id, name, target, meta, gitSource, createdAt, inspectorUrl, projectId: PROJECT.id, ...state }
  }
  const problem = (code: string, message: string) => ({ error: { code, message } })

  function act(req: IncomingMessage, url: URL, body: string): { status: number; body: unknown } {
    const route = `${req.method} ${url.pathname}`
    const found = (pattern: RegExp) => pattern.exec(route)?.[1]
    if (route === "POST /v13/deployments") {
      const fault = faultOfCreateRequest(JSON.parse(body))
      if (fault) return { status: 400, body: problem("bad_request", fault) }
      const asked = JSON.parse(body) as Pick<Stored, "meta" | "gitSource" | "name" | "target">
      const id = `dpl_${randomBytes(8).toString("hex")}`
      const createdAt = Date.now()
      const state = { readyState: "BUILDING", readySubstate: "STAGED", cancelled: false, builtAt: createdAt + 60 }
      deployments.set(id, { ...asked, id, createdAt, ...state })
      return { status: 200, body: shown(deployments.get(id) as Stored) }
    }
    if (route === "GET /v7/deployments") {
      const newest = [...deployments.values()].reverse().map(({ id, meta, createdAt, readyState }) => ({
        ...{ uid: id, name: PROJECT.name, meta, created: createdAt, state: readyState },
      }))
      const from = Number(url.searchParams.get("until") ?? 0)
      // Pages of two, whatever is asked for: a limit is the most, and not a promise.
      const page = newest.slice(from, from + 2)
      const next = from + 2 < newest.length ? from + 2 : null
      return { status: 200, body: { deployments: page, pagination: { count: page.length, next, prev: null } } }
    }
    const wanted = found(/^GET \/v13\/deployments\/([^/]+)$/)
    if (wanted) {
      const one = deployments.get(wanted === DOMAIN ? (production ?? "") : wanted)
      return one ? { status: 200, body: shown(one) } : { status: 404, body: problem("not_found", "Not found") }
    }
    const logged = found(/^GET \/v3\/deployments\/([^/]+)\/events$/)
    if (logged) {
      const at = deployments.get(logged)?.createdAt ?? 0
      const line = (n: number, type: string, text: string) => ({ type, created: at + n, id: `${logged}-${n}`, text })
      const lines = [line(1, "stdout", "Cloning"), line(2, "stderr", "a warning"), line(3, "stdout", "Building")]
      return { status: 200, body: lines.filter(({ created }) => created >= Number(url.searchParams.get("since") ?? 0)) }
    }
    const cancelled = found(/^PATCH \/v12\/deployments\/([^/]+)\/cancel$/)
    if (cancelled) {
      const one = deployments.get(cancelled) as Stored
      Object.assign(one, { readyState: "CANCELED", cancelled: true })
      return { status: 200, body: shown(one) }
    }
    if (route === `GET /v9/projects/${PROJECT.id}`) {
      const last = alias ? { ...alias, fromDeploymentId: null, requestedAt: alias.at, type: "promote" } : null
      const targets = production ? { production: { id: production } } : {}
      return { status: 200, body: { ...PROJECT, targets, lastAliasRequest: last } }
    }
    const to = found(new RegExp(`^POST /v(?:10|1)/projects/${PROJECT.id}/(?:promote|rollback)/([^/]+)$`))
    if (to) {
      const one = deployments.get(to)
      if (one?.readyState !== "READY") return { status: 400, body: problem("not_ready", "It is not ready") }
      const isBack = url.pathname.includes("/rollback/")
      if (isBack && one.readySubstate !== "PROMOTED") {
        return { status: 422, body: problem("not_rollbackable", "It has not served production") }
      }
      if (alias?.jobStatus === "in-progress" && alias.toDeploymentId !== to && !misbehaviour.lies) {
        return { status: 409, body: problem("conflict", "Another request is in progress") }
      }
      if (production === to) return { status: 409, body: problem("conflict", "It is the current one") }
      alias = { toDeploymentId: to, jobStatus: "in-progress", at: Date.now() + 60 }
      return { status: 202, body: "" }
    }
    return { status: 404, body: problem("not_found", `No such path: ${route}`) }
  }

  const server = await startAnswering((req: IncomingMessage, res: ServerResponse, body) => {
    const url = new URL(req.url ?? "/", "http://vercel")
    requests.push({ method: req.method ?? "", path: url.pathname, body })
    settle()
    const { answer, dropAfter } = misbehaviour
    if (answer?.path.test(url.pathname) && answer.times > 0) {
      answer.times -= 1
      return void res.writeHead(answer.status, answer.headers).end(answer.body ?? JSON.stringify(problem("x", "no")))
    }
    if (req.headers.authorization !== `Bearer ${TOKEN}`) {
      return void res.writeHead(403).end(JSON.stringify(problem("forbidden", "Not authorized")))
    }
    if (url.searchParams.get("teamId") !== TEAM) {
      return void res.writeHead(404).end(JSON.stringify(problem("not_found", "Project not found")))
    }
    const done = act(req, url, body)
    if (dropAfter?.test(`${req.method} ${url.pathname}`)) {
      misbehaviour = { ...misbehaviour, dropAfter: undefined }
      return void req.socket.destroy()
    }
    res.writeHead(done.status, { "content-type": "application/json" })
    res.end(typeof done.body === "string" ? done.body : JSON.stringify(done.body))
  })
  return {
    url: server.url("").replace(/\/$/, ""),
    requests,
    deployments,
    switches: () => switches,
    misbehave(change: Misbehaviour): void {
      misbehaviour = change
      // What was accepted and forgotten stays forgotten.
      if (alias?.jobStatus === "in-progress") alias = null
    },
    close: server.close,
  }
}
export type Vercel = Awaited<ReturnType<typeof startVercel>>

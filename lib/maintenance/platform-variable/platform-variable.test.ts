import { isDeepStrictEqual } from "node:util"
import { CreateDeploymentRequestBody$outboundSchema } from "@vercel/sdk/models/responsebodyimages.js"
import { afterEach, beforeEach, expect, test } from "vitest"
import { z } from "zod"
import { maintenancePorts } from "@/lib/testing/conformance/maintenance-ports"
import { startAnswering } from "@/lib/testing/conformance/start-answering"
import { createProvider } from "./provider"

const TOKEN = "vercel-token-19c2"
const HOST = "shop.example.com"
/** `POST /v10/projects/{idOrName}/env`, as Vercel publishes it. */
const variableSchema = z.strictObject({
  ...{ key: z.string(), value: z.string(), type: z.enum(["plain", "encrypted", "sensitive", "system", "secret"]) },
  target: z.array(z.enum(["production", "preview", "development"])).min(1),
})
interface Deployment {
  id: string
  name: string
  readyState: string
  meta: Record<string, string>
  builtWith: Record<string, string>
}

/** Vercel's API for one project: a deployment sees the variables of the moment in which it is built. */
let vercel: Awaited<ReturnType<typeof startAnswering>>
let variables: Record<string, string>
let deployments: Deployment[]
let live: Deployment | undefined
let trouble: { build?: string; lies?: boolean; status?: number }
let redeployed: number
beforeEach(async () => {
  ;[variables, deployments, trouble, redeployed] = [{}, [], {}, 0]
  live = { id: "dpl_0", name: "shop", readyState: "READY", meta: { goliveDeployment: "d-1" }, builtWith: {} }
  deployments.push(live)
  vercel = await startAnswering((req, res, body) => {
    const url = new URL(req.url ?? "", "http://x")
    const route = `${req.method} ${url.pathname}`
    const send = (status: number, value: unknown) =>
      void res.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value))
    if (trouble.status) return send(trouble.status, { error: { message: "not like this" } })
    if (req.headers.authorization !== `Bearer ${TOKEN}`) return send(403, { error: { message: "Not authorized" } })
    if (url.searchParams.get("teamId") !== "team_acme") return send(404, { error: { message: "Not found" } })
    if (route === "GET /v10/projects/prj_shop/env") {
      const envs = Object.entries(variables).map(([key, value]) => ({
        key,
        value,
        target: ["production"],
        type: "plain",
      }))
      return send(200, { envs: [...envs, { key: "MAINTENANCE_MODE", value: "true", target: ["preview"] }] })
    }
    if (route === "POST /v10/projects/prj_shop/env") {
      const asked = variableSchema.safeParse(JSON.parse(body))
      if (!asked.success || url.searchParams.get("upsert") !== "true")
        return send(400, { error: { message: "invalid" } })
      variables[asked.data.key] = asked.data.value
      return send(201, {})
    }
    if (route === "POST /v13/deployments") {
      const asked = JSON.parse(body)
      const parsed = CreateDeploymentRequestBody$outboundSchema.safeParse(asked)
      if (!parsed.success || !isDeepStrictEqual(parsed.data, asked)) return send(400, { error: { message: "invalid" } })
      redeployed += 1
      const readyState = trouble.build ?? "READY"
      const made = { id: `dpl_${redeployed}`, name: "shop", readyState, meta: asked.meta, builtWith: { ...variables } }
      deployments.push(made)
      return send(200, made)
    }
    const wanted = /^GET \/v13\/deployments\/(.+)$/.exec(route)?.[1]
    if (wanted) {
      const found = wanted === HOST ? live : deployments.find(({ id }) => id === wanted)
      return found ? send(200, found) : send(404, { error: { message: "Not found" } })
    }
    const promoted = /^POST \/v10\/projects\/prj_shop\/promote\/(.+)$/.exec(route)?.[1]
    if (promoted && !trouble.lies) live = deployments.find(({ id }) => id === promoted)
    return promoted ? send(202, {}) : send(404, { error: { message: `no ${route}` } })
  })
})
afterEach(() => vercel.close())

const provider = (change: Record<string, unknown> = {}, signal = new AbortController().signal) =>
  createProvider(
    {
      ...{ platform: "vercel", token: TOKEN, projectId: "prj_shop", teamId: "team_acme", apiUrl: vercel.url("") },
      ...{ pollMs: 10, redeployTimeoutMs: 1_000, ...change },
    },
    maintenancePorts({ publicUrl: `https://${HOST}/`, signal }),
  )

test("on, on with another message, off, each also twice: what users get is built with it, once", async () => {
  expect(await provider().state()).toEqual({ on: false, message: null })
  for (const [message, builds] of [
    ["Back soon", 1],
    ["Back soon", 1],
    ["Back at 4 pm", 2],
  ] as const) {
    expect(await provider().turnOn(message)).toEqual({ on: true, message })
    expect(live?.builtWith).toEqual({ MAINTENANCE_MODE: "true", MAINTENANCE_MESSAGE: message })
    expect(redeployed).toBe(builds)
  }
  for (const _ of [1, 2]) expect(await provider().turnOff()).toEqual({ on: false, message: null })
  expect([live?.builtWith.MAINTENANCE_MODE, redeployed]).toEqual(["false", 3])
  // Whose deployment it is stays known.
  expect(live?.meta.goliveDeployment).toBe("d-1")
})

test("a variable that is set changes nothing by itself", async () => {
  live = { ...(live as Deployment), meta: { goliveMaintenance: "false" } }
  variables.MAINTENANCE_MODE = "true"
  expect(await provider().state()).toEqual({ on: false, message: null })
})

test.each([
  [{ lies: true }, "was built and promoted, and never became live after 0.2 s"],
  [{ build: "BUILDING" }, "is still BUILDING after 0.2 s"],
  [{ build: "ERROR" }, "ended as ERROR"],
  [{ status: 401 }, "Vercel refuses the token (401): not like this"],
  [{ status: 404 }, "Vercel answered (404): not like this"],
])("what goes wrong is said: %j", async (wrong, words) => {
  trouble = wrong
  const told = await provider({ redeployTimeoutMs: 200 }).turnOn("x").then(String, String)
  expect(told).toContain(words)
  expect(told).not.toContain(TOKEN)
})

test("stopped, it ends with the reason", async () => {
  trouble = { build: "BUILDING" }
  const stop = new AbortController()
  setTimeout(() => stop.abort(new Error("enough")), 50)
  await expect(provider({}, stop.signal).turnOn("x")).rejects.toThrow("enough")
})

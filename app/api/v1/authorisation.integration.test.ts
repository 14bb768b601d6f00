import { randomUUID } from "node:crypto"
import { readdirSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { type Endpoint, endpoints } from "@/lib/contracts/api/endpoints"
import { mayPerform, policy, type Scope, scopes } from "@/lib/domain/access/policy"
import { type Role, roles, signoffRoles } from "@/lib/domain/access/roles"
import { prisma } from "@/lib/server/db"
import { mintToken } from "@/lib/server/tokens/create-token"
import { sessionCookie } from "@/lib/testing/session-cookie"
import { closeConsole } from "@/lib/testing/world/close-console"
import { type ConsoleWorld, consoleWorld } from "@/lib/testing/world/console-world"

const HERE = fileURLToPath(new URL(".", import.meta.url))
const guarded = endpoints.filter((endpoint) => endpoint.action !== null || endpoint.signedIn)

let world: ConsoleWorld
let releaseId: string
beforeAll(async () => {
  world = await consoleWorld()
  releaseId = await world.release()
})
afterAll(closeConsole)

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>

async function call(
  endpoint: Endpoint,
  headers: Record<string, string>,
  signAs: string = "tech_lead",
): Promise<Response> {
  const module: Record<string, Handler> = await import(
    join(HERE, endpoint.path.replaceAll("{", "[").replaceAll("}", "]"), "route.ts")
  )
  const handler = module[endpoint.method.toUpperCase()]
  if (!handler) throw new Error(`no handler for ${endpoint.method} ${endpoint.path}`)
  const known: Record<string, string> = {
    id: endpoint.path.startsWith("/tokens") ? randomUUID() : releaseId,
    itemKey: world.playbook.checklist.groups[0]?.items[0]?.key ?? "",
    role: signAs,
    runId: randomUUID(),
    stepKey: "step",
    evidenceId: randomUUID(),
    freezeId: randomUUID(),
    passkeyId: randomUUID(),
    channelId: randomUUID(),
    deliveryId: randomUUID(),
    service: world.service.key,
    environment: world.environment.key,
  }
  const params = Object.fromEntries(
    [...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => [name, known[name] ?? ""]),
  )
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => known[name] ?? "")
  const abort = new AbortController()
  const response = await handler(
    new Request(`http://127.0.0.1:3000/api/v1${path}`, {
      method: endpoint.method.toUpperCase(),
      headers: { host: "127.0.0.1:3000", "content-type": "application/json", ...headers },
      // A field that nobody knows: whoever gets past the authorisation is refused for it, so that nothing changes.
      body: endpoint.method === "get" ? null : JSON.stringify({ nobodyKnowsThis: 1 }),
      signal: abort.signal,
    }),
    { params: Promise.resolve(params) },
  )
  abort.abort()
  return response
}

async function cookieOf(role: Role): Promise<Record<string, string>> {
  const { person } = world.ctx(role)
  return {
    cookie: await sessionCookie(person?.id ?? ""),
    origin: "http://127.0.0.1:3000",
    "sec-fetch-site": "same-origin",
  }
}

async function tokenOf(role: Role, held: Scope[]): Promise<Record<string, string>> {
  const userId = world.ctx(role).person?.id ?? ""
  const { token } = await mintToken({ userId, name: "test", scopes: held, expiresInDays: 1, address: null })
  return { authorization: `Bearer ${token}` }
}

describe.each(guarded)("$method $path", (endpoint) => {
  test("nobody is refused", async () => {
    const response = await call(endpoint, {})
    expect(response.status).toBe(401)
    expect(response.headers.get("content-type")).toContain("application/problem+json")
  })

  test.each(roles)("%s: as the policy says", async (role) => {
    const signAs = signoffRoles.find((candidate) => candidate === role) ?? "tech_lead"
    const { status } = await call(endpoint, await cookieOf(role), signAs)
    const may = endpoint.action === null || mayPerform([role], endpoint.action)
    if (may) expect([200, 404, 422]).toContain(status)
    else expect(status).toBe(403)
  })

  test("a token needs the scope, and never does what takes a person", async () => {
    if (!endpoint.action) {
      const { status } = await call(endpoint, await tokenOf("tech_lead", ["read"]))
      return expect(status).toBe(endpoint.personOnly ? 403 : 200)
    }
    const role = roles.find((candidate) => endpoint.action && mayPerform([candidate], endpoint.action)) ?? "admin"
    const { scope } = policy[endpoint.action]
    const others = scopes.filter((candidate) => candidate !== scope)
    expect((await call(endpoint, await tokenOf(role, others))).status).toBe(403)
    const { status } = await call(endpoint, await tokenOf(role, [...scopes]))
    if (scope === null) expect(status).toBe(403)
    else expect([200, 404, 422]).toContain(status)
  })
})

test("every route is in the list of endpoints, and every endpoint has a route", () => {
  const routes = readdirSync(HERE, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("route.ts") && !file.includes("[...path]"))
    .map(
      (file) =>
        `/${file
          .replace(/\/route\.ts$/, "")
          .replaceAll("[", "{")
          .replaceAll("]", "}")}`,
    )
  expect([...new Set(endpoints.map((endpoint) => endpoint.path))].sort()).toEqual(routes.sort())
})

test("refusals are on record; a disabled person is refused by name, a raised epoch ends the session", async () => {
  const endpoint = endpoints.find(({ path }) => path === "/releases/{id}/deploy")
  const list = endpoints.find(({ path, method }) => path === "/releases" && method === "get")
  if (!endpoint || !list) throw new Error("the endpoints are not there")
  const other = await consoleWorld()
  const id = other.ctx("viewer").person?.id ?? ""
  const cookie = { cookie: await sessionCookie(id), "sec-fetch-site": "same-origin" }
  const before = await prisma.securityEvent.count({ where: { userId: id } })
  await prisma.roleGrant.updateMany({ where: { userId: id }, data: { role: "viewer" } })
  expect((await call(endpoint, cookie)).status).toBe(403)
  expect(await prisma.securityEvent.count({ where: { userId: id } })).toBe(before + 1)
  expect((await call(list, cookie)).status).toBe(200)
  await prisma.user.update({ where: { id }, data: { disabledAt: new Date() } })
  expect((await call(list, cookie)).status).toBe(403)
  await prisma.user.update({ where: { id }, data: { disabledAt: null, sessionEpoch: 1 } })
  expect((await call(list, cookie)).status).toBe(401)
})

test("another site cannot write with a person's cookie", async () => {
  const endpoint = endpoints.find(({ path }) => path === "/releases/{id}/close")
  if (!endpoint) throw new Error("the endpoint is not there")
  const { cookie = "" } = await cookieOf("tech_lead")
  const elsewhere: Record<string, string>[] = [
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: "http://127.0.0.1:3000", "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { "sec-fetch-site": "none" },
    {},
  ]
  for (const headers of elsewhere) {
    const response = await call(endpoint, { cookie, ...headers })
    expect(response.status, JSON.stringify(headers)).toBe(403)
  }
})

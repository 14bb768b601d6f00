import { randomUUID } from "node:crypto"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { prisma } from "@/lib/server/db"
import { openApiDocument } from "@/lib/server/http-api/openapi-document"
import { mintToken } from "@/lib/server/tokens/create-token"
import { closeConsole } from "@/lib/testing/world/close-console"
import { type ConsoleWorld, consoleWorld } from "@/lib/testing/world/console-world"
import { PATCH as patchItem } from "./releases/[id]/checklist/[itemKey]/route"
import { GET as readEvents } from "./releases/[id]/events/route"
import { GET as readEvidence } from "./releases/[id]/evidence/[evidenceId]/route"
import { POST as createRelease, GET as listReleases } from "./releases/route"
import { POST as setUp } from "./setup/route"
import { POST as createToken } from "./tokens/route"

let world: ConsoleWorld
let authorization: string
beforeAll(async () => {
  world = await consoleWorld()
  const userId = world.ctx("tech_lead").person?.id ?? ""
  const scopes = ["read", "checklist:write", "release:write"] as const
  const { token } = await mintToken({ userId, name: "t", scopes: [...scopes], expiresInDays: 1, address: null })
  authorization = `Bearer ${token}`
})
afterAll(closeConsole)

const noParams = { params: Promise.resolve({}) }
const release = () => ({ service: world.service.key, environment: "production", version: "1.1.0", ref: "v1.1.0" })

function post(path: string, body: unknown, headers: Record<string, string> = {}, method = "POST"): Request {
  return new Request(`http://127.0.0.1:3000/api/v1${path}`, {
    method,
    headers: { authorization, "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  })
}
const count = () => prisma.release.count({ where: { serviceId: world.service.id } })

describe("an Idempotency-Key", () => {
  test("has one effect, one answer, and no second meaning", async () => {
    const before = await count()
    const key = { "idempotency-key": randomUUID() }
    const first = await createRelease(post("/releases", release(), key), noParams)
    expect(first.status).toBe(201)
    const again = await createRelease(post("/releases", release(), key), noParams)
    expect(again.status).toBe(201)
    expect(await again.json()).toEqual(await first.json())
    const other = await createRelease(post("/releases", { ...release(), version: "2" }, key), noParams)
    expect(other.status).toBe(409)
    expect(await count()).toBe(before + 1)
  })

  test("lets one of many at once through", async () => {
    const before = await count()
    const key = { "idempotency-key": randomUUID() }
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => createRelease(post("/releases", release(), key), noParams)),
    )
    expect(answers.filter(({ status }) => status === 201).length).toBeGreaterThan(0)
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true)
    expect(await count()).toBe(before + 1)
  })

  test("is not a place where secrets are kept", async () => {
    // Tokens are made by people; the refusal is kept, a secret would not be.
    const key = randomUUID()
    await createToken(post("/tokens", { name: "x", scopes: ["read"] }, { "idempotency-key": key }), noParams)
    const row = await prisma.idempotencyKey.findFirst({ where: { key } })
    expect(JSON.stringify(row?.response ?? "")).not.toContain("glv_")
  })
})

describe("a body", () => {
  const deep = `${'{"a":'.repeat(60)}1${"}".repeat(60)}`
  test.each([
    ["that is not JSON", "{", 400],
    ["that is nested deeply", deep, 400],
    ["with __proto__", '{"__proto__":{"admin":true}}', 400],
    ["that is huge", JSON.stringify({ name: "x".repeat(2_000_000) }), 413],
  ])("%s is refused", async (_, body, status) => {
    const before = await count()
    const response = await createRelease(post("/releases", body), noParams)
    expect(response.status).toBe(status)
    expect(response.headers.get("content-type")).toContain("application/problem+json")
    expect(await count()).toBe(before)
  })

  test("of another type is refused", async () => {
    const response = await createRelease(post("/releases", release(), { "content-type": "text/plain" }), noParams)
    expect(response.status).toBe(400)
  })

  test.each([
    [{ ref: "--upload-pack=x" }, "ref"],
    [{ ref: "no-such-ref" }, "ref"],
    [{ version: "" }, "version"],
    [{ status: "live" }, "status"],
    [{ name: "left\u202eright" }, "name"],
    [{ name: "nul\u0000" }, "name"],
    [{ service: "nobody" }, "service"],
    [{ environment: "nowhere" }, "environment"],
  ])("%j is refused by its field", async (change, field) => {
    const before = await count()
    const response = await createRelease(post("/releases", { ...release(), ...change }), noParams)
    expect([422, 403]).toContain(response.status)
    const text = await response.text()
    if (field !== "service") expect(JSON.parse(text).errors[0].field).toBe(field)
    expect(text).not.toMatch(/\bat .*\.(ts|js):\d+/)
    expect(await count()).toBe(before)
  })
})

describe("ids", () => {
  test("of another release, of nothing, and of no shape are not found", async () => {
    const [one, two] = [await world.release(), await world.release()]
    const evidence = await prisma.evidence.create({
      data: { id: randomUUID(), releaseId: one, subject: "x", kind: "text", blocks: [], sha256: "", resultHash: "" },
    })
    const read = (id: string, evidenceId: string) =>
      readEvidence(new Request("http://127.0.0.1:3000/", { headers: { authorization } }), {
        params: Promise.resolve({ id, evidenceId }),
      })
    expect((await read(one, evidence.id)).status).toBe(200)
    expect((await read(two, evidence.id)).status).toBe(404)
    expect((await read(two, "' OR 1=1 --")).status).toBe(404)
    expect((await read("no-uuid", evidence.id)).status).toBe(404)
    const item = await patchItem(post("/", { revision: 0, state: "open" }, {}, "PATCH"), {
      params: Promise.resolve({ id: one, itemKey: "__proto__" }),
    })
    expect(item.status).toBe(404)
  })
})

test("a stale edit is refused with the current state", async () => {
  const id = await world.release()
  const itemKey = world.playbook.checklist.groups[0]?.items[0]?.key ?? ""
  const patch = (body: unknown) => patchItem(post("/", body, {}, "PATCH"), { params: Promise.resolve({ id, itemKey }) })
  expect((await patch({ revision: 0, state: "passed", note: "Done" })).status).toBe(200)
  const stale = await patch({ revision: 0, state: "failed", note: "No" })
  expect(stale.status).toBe(409)
  expect(await stale.json()).toMatchObject({ code: "stale", current: { key: itemKey, state: "passed", revision: 1 } })
  const far = await patch({ revision: 1e308 })
  expect(far.status).toBe(422)
  const page = await readEvents(new Request("http://127.0.0.1:3000/?after=1&limit=1", { headers: { authorization } }), {
    params: Promise.resolve({ id }),
  })
  expect((await page.json()).events.map((event: { seq: number }) => event.seq)).toEqual([2])
})

test("a token that is unknown is refused, not overlooked", async () => {
  const request = new Request("http://127.0.0.1:3000/api/v1/releases", {
    headers: { authorization: "Bearer glv_nothing" },
  })
  expect((await listReleases(request, noParams)).status).toBe(401)
})

test("the first account cannot be made once there are people", async () => {
  const body = { token: "x".repeat(43), email: "a@example.test", name: "A", password: "long enough 123" }
  const response = await setUp(post("/setup", body, { authorization: "", "sec-fetch-site": "same-origin" }), noParams)
  // An empty header is no token.
  expect([401, 404]).toContain(response.status)
  expect(await prisma.user.count({ where: { email: "a@example.test" } })).toBe(0)
})

test("the document names every endpoint with its rights", () => {
  const document = openApiDocument()
  expect(document.openapi).toBe("3.1.0")
  const deploy = document.paths?.["/releases/{id}/deploy"]?.post
  expect(deploy?.description).toContain("`deploy`")
  expect(Object.keys(deploy?.responses ?? {})).toEqual(expect.arrayContaining(["202", "401", "403", "404", "409"]))
  const create = JSON.stringify(document.paths?.["/releases"]?.post?.requestBody)
  expect(create).toContain("additionalProperties")
})

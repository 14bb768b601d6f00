import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { GET as readMe } from "@/app/api/v1/me/route"
import { DELETE as endOthers, GET as sessions } from "@/app/api/v1/me/sessions/route"
import { PUT as giveRole, DELETE as takeRole } from "@/app/api/v1/people/[id]/roles/route"
import { PATCH as patchPerson } from "@/app/api/v1/people/[id]/route"
import { DELETE as endAll } from "@/app/api/v1/people/[id]/sessions/route"
import { GET as watch } from "@/app/api/v1/releases/[id]/stream/route"
import { prisma } from "@/lib/server/db"
import { changePassword } from "@/lib/server/people/change-password"
import { loadPerson } from "@/lib/server/people/load-person"
import { passwordRefusal } from "@/lib/server/people/password-rules"
import { signIn } from "@/lib/server/people/sign-in"
import { endOwnSession } from "@/lib/server/sessions/end-own-sessions"
import { signOutSession } from "@/lib/server/sessions/sign-out"
import { mintToken } from "@/lib/server/tokens/create-token"
import { sessionCookie } from "@/lib/testing/session-cookie"
import { closeConsole } from "@/lib/testing/world/close-console"
import { type ConsoleWorld, consoleWorld, type PersonKey, worldPassword } from "@/lib/testing/world/console-world"

// biome-ignore lint/suspicious/noExplicitAny: each route names its own parameters
type Handler = (request: Request, context: { params: Promise<any> }) => Promise<Response>
let world: ConsoleWorld
const idOf = (key: PersonKey) => world.ctx(key).person?.id ?? ""

async function call(handler: Handler, headers: Record<string, string>, method = "GET", id = "", body?: unknown) {
  const request = new Request(`http://127.0.0.1:3000/api/v1/x/${id}`, {
    method,
    headers: {
      host: "127.0.0.1:3000",
      "sec-fetch-site": "same-origin",
      "content-type": "application/json",
      ...headers,
    },
    body: body === undefined ? null : JSON.stringify(body),
  })
  const response = await handler(request, { params: Promise.resolve({ id }) })
  return { status: response.status, body: await response.json() }
}
const as = async (key: PersonKey) => ({ cookie: await sessionCookie(idOf(key)) })
const recorded = async (type: string, personId: string) =>
  (await prisma.securityEvent.findMany({ where: { type } })).some(
    ({ data, userId }) => userId === personId || JSON.stringify(data).includes(personId),
  )

// Administrators of other tests in this file's database would hide who is the last one.
beforeAll(async () => {
  world = await consoleWorld()
})
beforeEach(async () => {
  await prisma.user.updateMany({ data: { disabledAt: null } })
  await prisma.session.deleteMany()
})
afterAll(closeConsole)

describe("sessions", () => {
  test("each sign-in is one; the asking one is marked; the others end, and this one goes on", async () => {
    const here = await as("ops")
    const there = await as("ops")
    const listed = await call(sessions, here)
    expect(listed.body.sessions).toHaveLength(2)
    expect(listed.body.sessions.filter((one: { current: boolean }) => one.current)).toHaveLength(1)
    expect(await call(endOthers, here, "DELETE")).toEqual({ status: 200, body: { ended: 1 } })
    expect((await call(readMe, there)).status).toBe(401)
    expect((await call(readMe, here)).status).toBe(200)
    expect(await recorded("session.others_ended", idOf("ops"))).toBe(true)
  })

  test("signed out, expired, of somebody else, or of an older epoch: nobody is signed in", async () => {
    const cookies = await as("ops")
    const row = await prisma.session.findFirstOrThrow({ where: { userId: idOf("ops") } })
    await prisma.session.update({ where: { id: row.id }, data: { userId: idOf("devops") } })
    expect((await call(readMe, cookies)).status).toBe(401)
    await prisma.session.update({ where: { id: row.id }, data: { userId: idOf("ops"), expiresAt: new Date(0) } })
    expect((await call(readMe, cookies)).status).toBe(401)
    await prisma.session.update({ where: { id: row.id }, data: { expiresAt: row.expiresAt } })
    expect((await call(readMe, cookies)).status).toBe(200)
    await signOutSession({ userId: idOf("ops"), sid: row.id, address: null })
    expect((await call(readMe, cookies)).status).toBe(401)
    expect(await prisma.session.findUnique({ where: { id: row.id } })).toMatchObject({ endedWhy: "signed_out" })
    const fresh = await as("ops")
    await prisma.user.update({ where: { id: idOf("ops") }, data: { sessionEpoch: { increment: 1 } } })
    expect((await call(readMe, fresh)).status).toBe(401)
  })

  test("last seen is written at most once a minute", async () => {
    const cookies = await as("ops")
    const where = { userId: idOf("ops") }
    const seen = async () => (await prisma.session.findFirstOrThrow({ where })).lastSeenAt.getTime()
    const first = await seen()
    await call(readMe, cookies)
    expect(await seen()).toBe(first)
    await prisma.session.updateMany({ where, data: { lastSeenAt: new Date(first - 61_000) } })
    await call(readMe, cookies)
    expect(await seen()).toBeGreaterThanOrEqual(first)
  })

  test("nobody ends a session of somebody else; an administrator ends all of a person", async () => {
    const cookies = await as("ops")
    const row = await prisma.session.findFirstOrThrow({ where: { userId: idOf("ops") } })
    expect(await endOwnSession(world.ctx("devops"), row.id)).toMatchObject({ refusal: { code: "not_found" } })
    expect((await call(readMe, cookies)).status).toBe(200)
    expect(await call(endAll, await as("admin"), "DELETE", idOf("ops"))).toEqual({ status: 200, body: { ended: 1 } })
    expect((await call(readMe, cookies)).status).toBe(401)
  })
})

describe("disabling", () => {
  const disable = async (key: PersonKey, disabled: boolean, by: PersonKey = "admin") =>
    call(patchPerson, await as(by), "PATCH", idOf(key), { disabled, reason: "left" })

  /** Opens a real stream and answers when it closed. */
  async function openWatch(headers: Record<string, string>, releaseId: string) {
    const gone = new AbortController()
    const request = new Request("http://127.0.0.1:3000/api/v1/x?after=0", { headers, signal: gone.signal })
    const response = await watch(request, {
      params: Promise.resolve({ id: releaseId }),
    })
    const reader = response.body?.getReader()
    const first = await reader?.read()
    expect(first?.done).toBe(false)
    const ended = async () => {
      while (!(await reader?.read())?.done);
      return performance.now()
    }
    return { closed: ended(), leave: () => gone.abort() }
  }

  test("sessions end, tokens are refused, and open streams close within a second", async () => {
    const id = await world.release()
    const cookies = await as("viewer")
    const made = { userId: idOf("viewer"), name: "t", scopes: ["read" as const], expiresInDays: 1, address: null }
    const token = { authorization: `Bearer ${(await mintToken(made)).token}` }
    const streams = [await openWatch(cookies, id), await openWatch(token, id)]
    const untouched = await openWatch(await as("ops"), id)
    // The doorbell needs a moment to listen; what is measured begins with the administrator's click.
    await new Promise((resolve) => setTimeout(resolve, 300))
    const began = performance.now()
    expect((await disable("viewer", true)).body.person).toMatchObject({ disabled: true, sessions: 0 })
    for (const { closed } of streams) expect((await closed) - began).toBeLessThan(1_000)
    const open = new Promise((resolve) => setTimeout(resolve, 50, "open"))
    expect(await Promise.race([untouched.closed, open])).toBe("open")
    untouched.leave()
    await untouched.closed
    expect((await call(readMe, cookies)).status).toBe(401)
    expect((await call(readMe, token)).status).toBe(401)
    expect(
      await signIn({ email: world.ctx("viewer").person?.email ?? "", password: worldPassword, address: null }),
    ).toEqual({ ok: false, reason: "wrong" })
    expect(await recorded("person.disabled", idOf("viewer"))).toBe(true)
    expect((await disable("viewer", false)).body.person.disabled).toBe(false)
    expect((await call(readMe, cookies)).status).toBe(401)
    expect((await call(readMe, token)).status).toBe(200)
  })

  test("a role taken away closes the stream too", async () => {
    const id = await world.release()
    const { closed } = await openWatch(await as("product"), id)
    await new Promise((resolve) => setTimeout(resolve, 300))
    const began = performance.now()
    const role = { role: "product", service: null }
    expect((await call(takeRole, await as("admin"), "DELETE", idOf("product"), role)).status).toBe(200)
    expect((await closed) - began).toBeLessThan(1_000)
    expect((await call(giveRole, await as("admin"), "PUT", idOf("product"), role)).status).toBe(200)
  })

  test("nobody disables themselves, and not the last administrator", async () => {
    expect((await disable("admin", true)).status).toBe(409)
    expect((await disable("ops", true, "devops")).status).toBe(403)
    expect((await disable("ops", true)).status).toBe(200)
  })
})

describe("roles", () => {
  const change = async (handler: Handler, key: PersonKey, role: string, service: string | null) =>
    call(handler, await as("admin"), handler === giveRole ? "PUT" : "DELETE", idOf(key), { role, service })

  test("for one service or for all; at once; on record; twice is no fault", async () => {
    const given = await change(giveRole, "viewer", "devops", world.service.key)
    expect(given.body.person.grants).toContainEqual({
      role: "devops",
      service: { key: world.service.key, name: "POSTD" },
    })
    expect((await loadPerson(idOf("viewer")))?.grants).toContainEqual({ role: "devops", serviceId: world.service.id })
    expect((await change(giveRole, "viewer", "devops", world.service.key)).body).toEqual(given.body)
    expect((await change(takeRole, "viewer", "devops", null)).body).toEqual(given.body)
    expect((await change(takeRole, "viewer", "devops", world.service.key)).body.person.roles).toEqual(["viewer"])
    expect((await change(giveRole, "viewer", "devops", "no-such-service")).status).toBe(422)
    for (const type of ["role.given", "role.taken"]) expect(await recorded(type, idOf("viewer"))).toBe(true)
  })

  test("somebody stays administrator, also when two take the role from each other at once", async () => {
    expect((await change(takeRole, "admin", "admin", null)).status).toBe(409)
    expect((await change(giveRole, "lead2", "admin", null)).status).toBe(200)
    const both = await Promise.all([change(takeRole, "admin", "admin", null), change(takeRole, "lead2", "admin", null)])
    expect(both.map(({ status }) => status).sort()).not.toEqual([200, 200])
    const left = await prisma.roleGrant.count({ where: { role: "admin", serviceId: null } })
    expect(left).toBeGreaterThanOrEqual(1)
  })
})

describe("passwords", () => {
  test.each([
    ["short", "Xk9$vbn2q"],
    ["common", "password1234"],
    ["keyboard", "qwertyuiop123"],
    ["one's own name", "PersonDevops1"],
    ["repeated", "aaaaaaaaaaaaaaaa"],
    ["too long", `long ${"correct battery ".repeat(20)}`],
  ])("%s is refused", async (_why, password) => {
    expect(await passwordRefusal(password, ["Person Devops", "person.devops@example.test"])).toMatchObject({
      code: "invalid",
      field: "password",
    })
  })

  test("changing it takes the current one, ends other sessions, and counts at once", async () => {
    const here = await as("security")
    const there = await as("security")
    const { id = "" } =
      (await prisma.session.findFirst({ where: { userId: idOf("security") }, orderBy: { createdAt: "asc" } })) ?? {}
    const ctx = { ...world.ctx("security"), sessionId: id }
    const next = "violet marmot under glass 7"
    expect(await changePassword(ctx, { password: next })).toMatchObject({ refusal: { field: "current" } })
    expect(await changePassword(ctx, { current: "wrong", password: next })).toMatchObject({
      refusal: { field: "current" },
    })
    expect(await changePassword(ctx, { current: worldPassword, password: "password1234" })).toMatchObject({
      refusal: { field: "password" },
    })
    expect(await changePassword(ctx, { current: worldPassword, password: next })).toMatchObject({
      value: { endedSessions: 1 },
    })
    expect((await call(readMe, here)).status).toBe(200)
    expect((await call(readMe, there)).status).toBe(401)
    const email = ctx.person?.email ?? ""
    expect((await signIn({ email, password: worldPassword, address: null })).ok).toBe(false)
    expect((await signIn({ email, password: next, address: null })).ok).toBe(true)
  })

  test("a first password takes a fresh sign-in instead of a current one", async () => {
    const id = idOf("product")
    await prisma.user.update({ where: { id }, data: { passwordHash: null } })
    const password = "violet marmot under glass 7"
    expect(await changePassword(world.ctx("product"), { password })).toMatchObject({ refusal: { code: "forbidden" } })
    await as("product")
    const { id: sessionId } = await prisma.session.findFirstOrThrow({ where: { userId: id } })
    expect(await changePassword({ ...world.ctx("product"), sessionId }, { password })).toMatchObject({ ok: true })
  })
})

import { IncomingMessage, ServerResponse } from "node:http"
import { Socket } from "node:net"
import type { NextApiRequest, NextApiResponse } from "next"
import NextAuth from "next-auth"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { startOpenIdProvider } from "@/e2e/fixtures/openid-provider"
import { prisma } from "@/lib/server/db"
import { forgetEnv } from "@/lib/server/env"
import { invite } from "@/lib/server/invitations/invite"
import { closeConsole } from "@/lib/testing/world/close-console"
import { type ConsoleWorld, consoleWorld, worldPassword } from "@/lib/testing/world/console-world"
import { authOptions } from "./auth-options"
import { callerOfSession } from "./session-token"

const CONSOLE = "http://127.0.0.1:3000"
let world: ConsoleWorld
let provider: Awaited<ReturnType<typeof startOpenIdProvider>>

beforeAll(async () => {
  provider = await startOpenIdProvider([`${CONSOLE}/api/auth/callback/openid`])
  Object.assign(process.env, {
    NEXTAUTH_URL: CONSOLE,
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: provider.client.id,
    OIDC_CLIENT_SECRET: provider.client.secret,
  })
  forgetEnv()
  world = await consoleWorld()
})
beforeEach(() => provider.people.clear())
afterAll(async () => {
  await closeConsole()
  await provider?.close()
  for (const name of ["NEXTAUTH_URL", "OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"]) delete process.env[name]
  forgetEnv()
})

type Jar = Map<string, string>

/** Asks the console's own handler with a browser's cookies. */
async function askConsole(jar: Jar, path: string, body?: Record<string, string>) {
  const url = new URL(path, CONSOLE)
  const request = {
    method: body ? "POST" : "GET",
    query: {
      ...Object.fromEntries(url.searchParams),
      nextauth: url.pathname.replace("/api/auth/", "").split("/"),
    },
    cookies: Object.fromEntries(jar),
    headers: { host: url.host },
    body,
  }
  let said: unknown
  const response = new ServerResponse(new IncomingMessage(new Socket()))
  const say = (value: unknown) => {
    said = value
  }
  const status = (code: number) => Object.assign(response, { statusCode: code })
  await NextAuth(
    request as unknown as NextApiRequest,
    Object.assign(response, { status, json: say, send: say }) as unknown as NextApiResponse,
    authOptions(new Headers({ "x-forwarded-for": "203.0.113.7" })),
  )
  for (const cookie of [response.getHeader("set-cookie") ?? []].flat().map(String)) {
    const [name = "", ...value] = (cookie.split(";")[0] ?? "").split("=")
    if (value.join("") === "" || /max-age=0/i.test(cookie)) jar.delete(name)
    else jar.set(name, decodeURIComponent(value.join("=")))
  }
  return { said, redirect: String(response.getHeader("location") ?? CONSOLE) }
}

/** Begins at the console and answers where the provider sends to after `subject` signed in there. */
async function goThrough(jar: Jar, subject: string): Promise<string> {
  const csrf = await askConsole(jar, "/api/auth/csrf")
  const csrfToken = (csrf.said as { csrfToken: string }).csrfToken
  let next = (await askConsole(jar, "/api/auth/signin/openid", { csrfToken, callbackUrl: CONSOLE })).redirect
  const theirs: Jar = new Map()
  for (let step = 0; step < 8 && !next.startsWith(CONSOLE); step += 1) {
    const isLogin = new URL(next).pathname.startsWith("/interaction/")
    const response = await fetch(next, {
      redirect: "manual",
      method: isLogin ? "POST" : "GET",
      headers: { cookie: [...theirs].map(([name, value]) => `${name}=${value}`).join("; ") },
      body: isLogin ? new URLSearchParams({ prompt: "login", login: subject, password: "any" }) : null,
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [name = "", ...value] = (cookie.split(";")[0] ?? "").split("=")
      theirs.set(name, value.join("="))
    }
    next = new URL(response.headers.get("location") ?? "", next).href
  }
  return next
}

async function signIn(subject: string) {
  const jar: Jar = new Map()
  const back = await goThrough(jar, subject)
  const { redirect } = await askConsole(jar, back)
  const caller = await callerOfSession(jar.get("next-auth.session-token"))
  return { jar, back, error: new URL(redirect, CONSOLE).searchParams.get("error"), caller }
}
const emailOf = (key: "ops" | "devops" | "security") => world.ctx(key).person?.email ?? ""
const person = (email: string, more = {}) => ({ email, email_verified: true, name: "From There", ...more })

test("somebody who is here comes in, and is known by issuer and subject from then on", async () => {
  provider.people.set("sub-1", person(emailOf("ops").toUpperCase()))
  const first = await signIn("sub-1")
  expect(first).toMatchObject({ error: null, caller: { person: { id: world.ctx("ops").person?.id } } })
  const session = await prisma.session.findUniqueOrThrow({ where: { id: first.caller?.sessionId } })
  expect(session).toMatchObject({ method: "openid", address: "203.0.113.7" })
  provider.people.set("sub-1", person("moved@elsewhere.test", { email_verified: false }))
  expect((await signIn("sub-1")).caller?.person.id).toBe(world.ctx("ops").person?.id)
})

test("an address that the provider does not vouch for lets nobody in", async () => {
  provider.people.set("sub-2", person(emailOf("devops"), { email_verified: false }))
  expect(await signIn("sub-2")).toMatchObject({ error: "OpenIdUnverified", caller: null })
  expect(await prisma.externalIdentity.count({ where: { subject: "sub-2" } })).toBe(0)
})

test("a stranger is refused and makes no account; an invitation lets them in, with its roles", async () => {
  provider.people.set("sub-3", person("stranger@example.test"))
  expect(await signIn("sub-3")).toMatchObject({ error: "OpenIdUnknown", caller: null })
  expect(await prisma.user.count({ where: { email: "stranger@example.test" } })).toBe(0)
  const grants = [{ role: "devops", service: world.service.key }]
  expect((await invite(world.ctx("admin"), { email: "stranger@example.test", name: "Sam", grants })).ok).toBe(true)
  const { caller } = await signIn("sub-3")
  expect(caller?.person).toMatchObject({
    name: "From There",
    grants: [{ role: "devops", serviceId: world.service.id }],
  })
  expect(await prisma.user.findUnique({ where: { email: "stranger@example.test" } })).toMatchObject({
    passwordHash: null,
  })
})

test("a disabled person is refused, known or not", async () => {
  provider.people.set("sub-4", person(emailOf("security")))
  await prisma.user.update({ where: { email: emailOf("security") }, data: { disabledAt: new Date() } })
  expect(await signIn("sub-4")).toMatchObject({ error: "OpenIdDisabled", caller: null })
  await prisma.user.update({ where: { email: emailOf("security") }, data: { disabledAt: null } })
  expect((await signIn("sub-4")).caller).not.toBeNull()
  await prisma.user.update({ where: { email: emailOf("security") }, data: { disabledAt: new Date() } })
  expect(await signIn("sub-4")).toMatchObject({ error: "OpenIdDisabled", caller: null })
})

test("an answer counts once, in the browser that asked: replayed, of another browser, with another nonce or verifier", async () => {
  provider.people.set("sub-5", person(emailOf("devops")))
  const { jar, back } = await signIn("sub-5")
  jar.delete("next-auth.session-token")
  const refused = async (cookies: Jar, address: string) => {
    const { redirect } = await askConsole(cookies, address)
    expect(new URL(redirect, CONSOLE).searchParams.get("error")).toBe("OAuthCallback")
    expect(cookies.has("next-auth.session-token")).toBe(false)
  }
  await refused(jar, back)
  await refused(new Map(), back)
  for (const name of ["next-auth.nonce", "next-auth.state", "next-auth.pkce.code_verifier"]) {
    const [mine, other]: [Jar, Jar] = [new Map(), new Map()]
    const mineBack = await goThrough(mine, "sub-5")
    await goThrough(other, "sub-5")
    expect(other.get(name), name).toBeDefined()
    mine.set(name, other.get(name) ?? "")
    await refused(mine, mineBack)
  }
})

test("a password opens a session too; signing out ends it on the server, not only in the browser", async () => {
  const jar: Jar = new Map()
  const csrfOf = async () => ((await askConsole(jar, "/api/auth/csrf")).said as { csrfToken: string }).csrfToken
  const credentials = { email: emailOf("ops"), password: worldPassword }
  await askConsole(jar, "/api/auth/callback/credentials", { csrfToken: await csrfOf(), ...credentials })
  const cookie = jar.get("next-auth.session-token")
  const caller = await callerOfSession(cookie)
  expect(caller?.person.id).toBe(world.ctx("ops").person?.id)
  expect(await prisma.session.findUnique({ where: { id: caller?.sessionId } })).toMatchObject({ method: "password" })
  await askConsole(jar, "/api/auth/signout", { csrfToken: await csrfOf() })
  expect(jar.has("next-auth.session-token")).toBe(false)
  expect(await callerOfSession(cookie)).toBeNull()
})

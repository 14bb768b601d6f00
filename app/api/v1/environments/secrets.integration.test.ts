import { spawn } from "node:child_process"
import { randomBytes } from "node:crypto"
import { readFile, rm, stat, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest"
import { prisma } from "@/lib/server/db"
import { env, forgetEnv } from "@/lib/server/env"
import { isReady } from "@/lib/server/http-api/readiness"
import { openSecrets } from "@/lib/server/secrets/open-secrets"
import { readReferences } from "@/lib/server/secrets/read-references"
import { rotateSecrets } from "@/lib/server/secrets/rotate-secrets"
import { sessionCookie } from "@/lib/testing/session-cookie"
import { closeConsole } from "@/lib/testing/world/close-console"
import { type ConsoleWorld, consoleWorld, type PersonKey } from "@/lib/testing/world/console-world"
import { DELETE, PUT } from "./[service]/[environment]/secrets/[name]/route"
import { GET } from "./[service]/[environment]/secrets/route"
import { GET as listEnvironments } from "./route"

let world: ConsoleWorld
let other: ConsoleWorld
beforeAll(async () => {
  world = await consoleWorld()
  other = await consoleWorld()
})
afterAll(closeConsole)
afterEach(async () => {
  setKeys({})
  await prisma.secret.deleteMany()
  await rm(join(env().GOLIVE_DATA_DIR, "secret-keys.json"), { force: true })
})

const VALUE = "correct horse/battery+staple"

async function call(
  as: PersonKey,
  handler: typeof PUT | typeof DELETE | typeof GET,
  name = "",
  body?: unknown,
  of = world,
) {
  const cookie = await sessionCookie(world.ctx(as).person?.id ?? "")
  const headers = { cookie, "sec-fetch-site": "same-origin", "content-type": "application/json" }
  const method = handler === PUT ? "PUT" : handler === DELETE ? "DELETE" : "GET"
  const request = new Request("http://127.0.0.1:3000/api/v1/environments/x", {
    ...{ method, headers, body: body === undefined ? null : JSON.stringify(body) },
  })
  const params = { service: of.service.key, environment: "production", name }
  const response = await handler(request, { params: Promise.resolve(params) })
  return { status: response.status, text: await response.text() }
}
const put = (name: string, value: unknown = VALUE, more = {}) => call("admin", PUT, name, { value, ...more })
const opened = () => openSecrets({ id: world.environment.id, name: "Production" })

function setKeys(more: Record<string, string>) {
  for (const name of ["SECRETS_KEYS", "GOLIVE_EMBEDDED"]) delete process.env[name]
  Object.assign(process.env, more)
  forgetEnv()
}
const key = () => randomBytes(32).toString("base64")

describe("the API", () => {
  test("sets, lists and removes, on record, and never tells", async () => {
    const first = await put("API_TOKEN", VALUE, { description: "Of the mail service" })
    expect(first.status).toBe(200)
    expect(JSON.parse(first.text).secret).toMatchObject({ name: "API_TOKEN", version: 1, updatedBy: "Person admin" })
    const second = await put("API_TOKEN", `${VALUE} two`)
    expect(JSON.parse(second.text).secret).toMatchObject({ version: 2, description: "Of the mail service" })
    const list = await call("tech_lead", GET)
    expect(JSON.parse(list.text).secrets).toHaveLength(1)
    for (const { text } of [first, second, list]) expect(text).not.toContain("horse")
    const gone = await call("security", DELETE, "API_TOKEN")
    expect(JSON.parse(gone.text)).toEqual({ name: "API_TOKEN", removed: true })
    expect(JSON.parse((await call("security", DELETE, "API_TOKEN")).text)).toEqual({
      name: "API_TOKEN",
      removed: false,
    })
    const events = await prisma.securityEvent.findMany({
      where: { type: { startsWith: "secret." } },
      orderBy: { at: "asc" },
    })
    const place = { service: world.service.key, environment: "production", name: "API_TOKEN" }
    expect(events.map(({ type, data }) => [type, data])).toEqual([
      ["secret.set", { ...place, version: 1 }],
      ["secret.set", { ...place, version: 2 }],
      ["secret.removed", { ...place, version: 2 }],
    ])
  })

  test.each([
    ["lower_case", { value: VALUE }, "name"],
    ["A".repeat(65), { value: VALUE }, "name"],
    ["__proto__", { value: VALUE }, "name"],
    ["TOKEN", { value: "abc" }, "value"],
    ["TOKEN", { value: " \n  a b \t" }, "value"],
    ["TOKEN", { value: "    " }, "value"],
    ["TOKEN", { value: "nul\u0000nul" }, "value"],
    ["TOKEN", { value: VALUE, keyId: "0" }, "keyId"],
  ])("%s with %j is refused by its field", async (name, body, field) => {
    const { status, text } = await call("admin", PUT, name, body)
    expect(status).toBe(422)
    expect(JSON.parse(text).errors[0].field).toBe(field)
    expect(await prisma.secret.count()).toBe(0)
  })

  test("who may, and for which service", async () => {
    expect((await call("tech_lead", PUT, "TOKEN", { value: VALUE })).status).toBe(403)
    expect((await call("viewer", GET)).status).toBe(403)
    const nowhere = { ...world, service: { id: "", key: "nobody" } }
    expect((await call("admin", GET, "", undefined, nowhere)).status).toBe(404)
    // A person whose roles are held for one service only.
    const { person } = world.ctx("devops")
    await prisma.roleGrant.updateMany({ where: { userId: person?.id }, data: { serviceId: world.service.id } })
    expect((await call("devops", PUT, "TOKEN", { value: VALUE })).status).toBe(200)
    expect((await call("devops", PUT, "TOKEN", { value: VALUE }, other)).status).toBe(403)
    const listed = await call("devops", listEnvironments as unknown as typeof GET)
    expect(JSON.parse(listed.text).services.map((service: { key: string }) => service.key)).toEqual([world.service.key])
    expect(await prisma.secret.count({ where: { environmentId: other.environment.id } })).toBe(0)
  })

  test("says what asks for which secret", async () => {
    const answer = await readReferences(world.ctx("admin"), { service: world.service.key, environment: "production" })
    if (!answer.ok) throw new Error(answer.refusal.message)
    expect(answer.value.references.map(({ name }) => name)).toContain("MAINTENANCE_BYPASS")
    expect(answer.value.references.every(({ by }) => by.length > 0 && by !== "The playbook")).toBe(true)
  })
})

describe("at rest", () => {
  test("a value is sealed for its place and its key", async () => {
    await put("ONE", 'é\n"multi"\nline ✓')
    await put("TWO", "the other one")
    expect((await opened()).values).toEqual({ ONE: 'é\n"multi"\nline ✓', TWO: "the other one" })
    const one = await prisma.secret.findFirstOrThrow({ where: { name: "ONE" } })
    expect(Buffer.from(one.sealed).includes("multi")).toBe(false)
    await prisma.secret.updateMany({ where: { name: "TWO" }, data: { sealed: one.sealed } })
    const moved = await opened()
    expect(Object.keys(moved.values)).toEqual(["ONE"])
    expect(moved.whyNot("TWO")).toMatch(/secret TWO in Production cannot be read: the key [0-9a-f]{8} does not open it/)
    expect(moved.whyNot("THREE")).toBe("There is no secret THREE in Production.")
    await prisma.secret.updateMany({ where: { name: "ONE" }, data: { environmentId: other.environment.id } })
    expect((await openSecrets({ id: other.environment.id, name: "Production" })).values).toEqual({})
  })

  test("a wrong, missing or broken key is said with name and id, and the console stays ready", async () => {
    await put("TOKEN")
    const { keyId } = await prisma.secret.findFirstOrThrow()
    expect((await isReady()).checks).toEqual({ database: true, secrets: true })
    const derived = process.env.GOLIVE_SECRET_KEY ?? ""
    const broken: [Record<string, string>, RegExp][] = [
      [{ GOLIVE_SECRET_KEY: key() }, /which this console does not have/],
      [{ GOLIVE_SECRET_KEY: key(), SECRETS_KEYS: "c2hvcnQ=" }, /Key 1 of SECRETS_KEYS is not 32 bytes/],
      [{ GOLIVE_SECRET_KEY: key(), SECRETS_KEYS: `${key()},${key()}` }, /which this console does not have/],
    ]
    for (const [keys, words] of broken) {
      setKeys(keys)
      const { values, whyNot } = await opened()
      expect(values).toEqual({})
      expect(whyNot("TOKEN")).toMatch(words)
      expect(whyNot("TOKEN")).toContain(`TOKEN in Production`)
      expect(whyNot("TOKEN")).toContain(keyId)
      expect(await isReady()).toEqual({ ready: true, checks: { database: true, secrets: false } })
    }
    setKeys({ GOLIVE_SECRET_KEY: derived, SECRETS_KEYS: "c2hvcnQ=" })
    expect(await put("OTHER")).toMatchObject({ status: 409 })
    setKeys({ GOLIVE_SECRET_KEY: derived })
    expect((await opened()).values).toEqual({ TOKEN: VALUE })
  })

  test("the embedded default makes its key once, for its owner alone", async () => {
    setKeys({ GOLIVE_EMBEDDED: "1" })
    const answers = await Promise.all(Array.from({ length: 8 }, (_, i) => put(`TOKEN_${i}`)))
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200))
    const path = join(env().GOLIVE_DATA_DIR, "secret-keys.json")
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect(JSON.parse(await readFile(path, "utf8")).keys).toHaveLength(1)
    expect(Object.keys((await opened()).values)).toHaveLength(8)
    await writeFile(path, "not JSON")
    expect((await opened()).whyNot("TOKEN_0")).toMatch(/TOKEN_0 .* is damaged/)
  })
})

describe("rotation", () => {
  test("of the embedded default: a new key, everything anew, the former key gone", async () => {
    setKeys({ GOLIVE_EMBEDDED: "1" })
    for (let i = 0; i < 60; i += 1) await put(`TOKEN_${i}`, `${VALUE} ${i}`)
    const before = await prisma.secret.findMany({ orderBy: { name: "asc" } })
    const first = await rotateSecrets()
    expect(first).toMatchObject({ changed: 60, unreadable: [], needless: [before[0]?.keyId] })
    expect(await rotateSecrets()).toMatchObject({ changed: 60, needless: [first.keyId] })
    const after = await prisma.secret.findMany({ orderBy: { name: "asc" } })
    const told = ({ version, updatedAt, updatedByName }: (typeof after)[number]) => [version, updatedAt, updatedByName]
    expect(after.map(told)).toEqual(before.map(told))
    expect(Object.values((await opened()).values).sort()).toEqual(
      Array.from({ length: 60 }, (_, i) => `${VALUE} ${i}`).sort(),
    )
    expect(JSON.parse(await readFile(join(env().GOLIVE_DATA_DIR, "secret-keys.json"), "utf8")).keys).toHaveLength(1)
  })

  test("while the console sets and removes: nothing is lost, nothing comes back", async () => {
    setKeys({ GOLIVE_EMBEDDED: "1" })
    for (let i = 0; i < 30; i += 1) await put(`TOKEN_${i}`, `before ${i}`)
    const wanted: Record<string, string> = {}
    const writes = async () => {
      for (let i = 0; i < 30; i += 1) {
        if (i % 3 === 0) await call("admin", DELETE, `TOKEN_${i}`)
        else expect((await put(`TOKEN_${i}`, `after ${i}`)).status).toBe(200)
        if (i % 3 !== 0) wanted[`TOKEN_${i}`] = `after ${i}`
      }
    }
    const rotations = async () => {
      for (let i = 0; i < 5; i += 1) await rotateSecrets()
    }
    await Promise.all([writes(), rotations()])
    expect((await opened()).values).toEqual(wanted)
  })

  test("two at once: one goes on, the other says so", async () => {
    setKeys({ GOLIVE_EMBEDDED: "1" })
    for (let i = 0; i < 20; i += 1) await put(`TOKEN_${i}`)
    const answers = await Promise.allSettled([rotateSecrets(), rotateSecrets(), rotateSecrets()])
    expect(answers.filter(({ status }) => status === "fulfilled").length).toBeGreaterThan(0)
    for (const answer of answers) {
      if (answer.status === "rejected") expect(String(answer.reason)).toContain("Another rotation is under way")
    }
    expect(Object.keys((await opened()).values)).toHaveLength(20)
  })

  test("killed in its middle and begun again: every secret can be read at any time", async () => {
    setKeys({ GOLIVE_EMBEDDED: "1" })
    const environmentId = world.environment.id
    for (let i = 0; i < 100; i += 1) await put(`TOKEN_${i}`, `${VALUE} ${i}`)
    const command = () =>
      spawn(process.execPath, ["--import", "tsx", "lib/server/secrets/rotate-secrets-command.ts"], { stdio: "ignore" })
    const changed = async (from: string) => prisma.secret.count({ where: { environmentId, keyId: { not: from } } })
    const { keyId } = await prisma.secret.findFirstOrThrow()
    const killed = command()
    const gone = new Promise((resolve) => killed.once("exit", resolve))
    while ((await changed(keyId)) === 0 && killed.exitCode === null);
    killed.kill("SIGKILL")
    await gone
    expect(Object.keys((await opened()).values)).toHaveLength(100)
    const again = command()
    expect(await new Promise((resolve) => again.once("exit", resolve))).toBe(0)
    expect(Object.keys((await opened()).values)).toHaveLength(100)
    expect(await prisma.secret.groupBy({ by: ["keyId"] })).toHaveLength(1)
    expect(JSON.parse(await readFile(join(env().GOLIVE_DATA_DIR, "secret-keys.json"), "utf8")).keys).toHaveLength(1)
  })

  test("on servers: from a derived key to listed ones, and from one listed key to the next", async () => {
    await put("OLD")
    await expect(rotateSecrets()).rejects.toThrow("Set SECRETS_KEYS")
    const [one, two] = [key(), key()]
    setKeys({ SECRETS_KEYS: one })
    expect(await rotateSecrets()).toMatchObject({ changed: 1, needless: [], source: "variable" })
    await put("NEW")
    setKeys({ SECRETS_KEYS: `${two},${one}` })
    const third = await rotateSecrets()
    expect(third).toMatchObject({ changed: 2, unreadable: [] })
    expect(third.needless).toHaveLength(1)
    setKeys({ SECRETS_KEYS: two })
    expect((await opened()).values).toEqual({ OLD: VALUE, NEW: VALUE })
  })

  test("what cannot be read stays, is named, and keeps its key", async () => {
    const [one, two, lost] = [key(), key(), key()]
    setKeys({ SECRETS_KEYS: lost })
    await put("LOST")
    setKeys({ SECRETS_KEYS: one })
    await put("KEPT")
    await put("BROKEN")
    await prisma.secret.updateMany({ where: { name: "BROKEN" }, data: { sealed: randomBytes(60) } })
    setKeys({ SECRETS_KEYS: `${two},${one}` })
    const { changed, unreadable, needless } = await rotateSecrets()
    expect([changed, needless]).toEqual([1, []])
    expect(unreadable.join("\n")).toMatch(/LOST in Production.*\n?.*/)
    expect(unreadable).toHaveLength(2)
    setKeys({ SECRETS_KEYS: `${two},${lost}` })
    expect(Object.keys((await opened()).values).sort()).toEqual(["KEPT", "LOST"])
  })
})

import { generateKeyPairSync } from "node:crypto"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import type { Context } from "@/lib/server/access/context"
import { prisma } from "@/lib/server/db"
import type { Result } from "@/lib/server/result"
import { closeConsole } from "@/lib/testing/world/close-console"
import { type ConsoleWorld, consoleWorld, type PersonKey, worldPassword } from "@/lib/testing/world/console-world"
import { expectDone } from "@/lib/testing/world/releases"
import { beginConfirmation } from "./begin-confirmation"
import { beginEnrolment } from "./begin-enrolment"
import { beginSignIn } from "./begin-sign-in"
import { finishEnrolment } from "./finish-enrolment"
import { listPasskeys } from "./list-passkeys"
import { at, openAt, passkeyWorld, refusalOf, refusals } from "./passkey-world.fixture"
import { removePasskey } from "./remove-passkey"
import { renamePasskey } from "./rename-passkey"
import { signInWithPasskey } from "./sign-in-with-passkey"
import { SoftwareAuthenticator } from "./software-authenticator.fixture"

const makeWorld = async () => passkeyWorld<PersonKey, ConsoleWorld>(await consoleWorld(), worldPassword)
let world: Awaited<ReturnType<typeof makeWorld>>
beforeAll(async () => {
  openAt(at.origin)
  world = await makeWorld()
})
beforeEach(() => world.forget())
afterAll(closeConsole)

describe("a passkey is added", () => {
  test("after the password, then after another passkey; each has a name, a kind and a date", async () => {
    const first = await world.enrol("ops", "Laptop", { countsUses: true })
    expect(first.passkey).toMatchObject({ name: "Laptop", kind: "device", lastUsedAt: null, usableHere: true })
    const passkey = await world.confirmed("ops", first.device, { for: "add" })
    const begun = expectDone(await beginEnrolment(world.ctx("ops"), { passkey }))
    expect(begun.options.excludeCredentials?.map(({ id }) => id)).toEqual([first.device.credentialId])
    expect(begun.options.authenticatorSelection).toMatchObject({
      residentKey: "required",
      userVerification: "required",
    })
    const phone = new SoftwareAuthenticator(at, { synced: true })
    const body = { challengeId: begun.challengeId, name: "Phone", response: phone.make(begun.options) }
    expectDone(await finishEnrolment(world.ctx("ops"), body))
    const { passkeys, hasPassword } = expectDone(await listPasskeys(world.ctx("ops")))
    expect(passkeys.map(({ name, kind }) => [name, kind])).toEqual([
      ["Laptop", "device"],
      ["Phone", "synced"],
    ])
    expect(passkeys[0]?.lastUsedAt).not.toBeNull()
    expect(hasPassword).toBe(true)
    const row = await prisma.passkey.findUniqueOrThrow({ where: { credentialId: phone.credentialId } })
    expect(row).toMatchObject({ transports: ["internal"], backedUp: true, algorithm: -7, rpId: "localhost" })
    expect(expectDone(await listPasskeys(world.ctx("devops"))).passkeys).toEqual([])
  })

  test("with a statement that its own key signed", async () => {
    const { challengeId, options } = expectDone(await beginEnrolment(world.ctx("ops"), { password: worldPassword }))
    const response = new SoftwareAuthenticator(at).make(options, { statement: "signed by its key" })
    expectDone(await finishEnrolment(world.ctx("ops"), { challengeId, name: "Key", response }))
  })

  test("not without a proof, with a wrong one, with two, by a token, or by nobody", async () => {
    const before = await prisma.webauthnChallenge.count()
    const begin = async (body: unknown, ctx = world.ctx("ops")) => refusalOf(await beginEnrolment(ctx, body))
    expect(await begin({})).toMatchObject({ code: "invalid", field: "password" })
    expect(await begin({ password: "not the password" })).toMatchObject({ code: "forbidden", field: "password" })
    const answer = {
      challengeId: crypto.randomUUID(),
      response: new SoftwareAuthenticator(at).answer({ challenge: "x" }),
    }
    expect(await begin({ passkey: answer })).toMatchObject({ code: "forbidden", field: "passkey" })
    expect(await begin({ password: worldPassword, passkey: answer })).toMatchObject({ field: "passkey" })
    const password = { password: worldPassword }
    expect(await begin(password, world.tokenCtx("ops", ["read", "deploy"]))).toMatchObject({ code: "forbidden" })
    expect(await begin(password, world.nobody)).toMatchObject({ code: "unauthenticated" })
    expect(await prisma.webauthnChallenge.count()).toBe(before)
  })

  test("passwords are not guessed this way", async () => {
    for (let count = 0; count < 8; count += 1) await beginEnrolment(world.ctx("ops"), { password: `guess ${count}` })
    expect(refusalOf(await beginEnrolment(world.ctx("ops"), { password: worldPassword })).code).toBe("rate_limited")
  })

  test.each<[string, Parameters<SoftwareAuthenticator["make"]>[1]]>([
    ["for another challenge", { challenge: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" }],
    ["from another origin", { origin: "https://evil.example" }],
    ["from another port", { origin: "http://localhost:3001" }],
    ["for another domain", { rpId: "evil.example" }],
    ["by another ceremony", { type: "webauthn.get" }],
    ["from a frame of another site", { crossOrigin: true }],
    ["without the person verified", { userVerified: false }],
    ["without the person there", { userPresent: false }],
    ["under another key's name", { named: Buffer.alloc(32, 7).toString("base64url") }],
    ["with its maker's certificates", { statement: "with certificates" }],
    [
      "with a statement that another key signed",
      { statement: "signed by its key", key: generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey },
    ],
    ["with a maker's statement that nobody asked for", { fmt: "tpm" }],
    ["with a statement of a kind that there is not", { fmt: "__proto__" }],
  ])("not %s; that is on record, and the challenge is used up", async (_, tricks) => {
    const before = await refusals(world.idOf("ops"))
    const { challengeId, options } = expectDone(await beginEnrolment(world.ctx("ops"), { password: worldPassword }))
    const device = new SoftwareAuthenticator(at)
    const send = async (response: unknown) =>
      refusalOf(await finishEnrolment(world.ctx("ops"), { challengeId, name: "Key", response }))
    expect(await send(device.make(options, tricks))).toMatchObject({ code: "forbidden", field: "passkey" })
    expect(await send(device.make(options))).toMatchObject({ message: expect.stringContaining("used already") })
    expect(await refusals(world.idOf("ops"))).toBe(before + 2)
    expect(await prisma.passkey.count()).toBe(0)
  })

  test("not for somebody else, in another session, too late, twice at once, or with a challenge to sign in", async () => {
    const device = new SoftwareAuthenticator(at)
    const begin = async (ctx: Context) => expectDone(await beginEnrolment(ctx, { password: worldPassword }))
    const finish = (ctx: Context, { challengeId, options }: Awaited<ReturnType<typeof begin>>, name = "Key") =>
      finishEnrolment(ctx, { challengeId, name, response: device.make(options) })
    const [mine, theirs] = [world.inSession("ops", "one"), world.inSession("devops", "one")]
    expect(refusalOf(await finish(theirs, await begin(mine)))).toMatchObject({ field: "passkey" })
    expect(refusalOf(await finish(world.inSession("ops", "two"), await begin(mine))).message).toContain(
      "another session",
    )
    const late = await begin(mine)
    await prisma.webauthnChallenge.update({ where: { id: late.challengeId }, data: { expiresAt: new Date(0) } })
    expect(refusalOf(await finish(mine, late))).toMatchObject({ field: "passkey" })
    const toSignIn = expectDone(await beginSignIn(world.nobody, {}))
    const response = device.make({ challenge: toSignIn.options.challenge, user: { id: "eA" } })
    const body = { challengeId: toSignIn.challengeId, name: "Key", response }
    expect(refusalOf(await finishEnrolment(mine, body))).toMatchObject({ field: "passkey" })
    const owner = await world.enrol("ops", "First")
    const toConfirm = expectDone(await beginConfirmation(mine, { for: "add" }))
    const made = device.make({ challenge: toConfirm.options.challenge, user: { id: "eA" } })
    const mixed = { challengeId: toConfirm.challengeId, name: "Key", response: made }
    expect(refusalOf(await finishEnrolment(mine, mixed)).message).toContain("another session")
    const toMake = await begin(mine)
    const answered = { challengeId: toMake.challengeId, response: owner.device.answer(toMake.options) }
    expect(refusalOf(await beginEnrolment(mine, { passkey: answered }))).toMatchObject({ field: "passkey" })
    const begun = await begin(mine)
    const both = await Promise.all([finish(mine, begun, "A"), finish(mine, begun, "B")])
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
    expect(refusalOf(await finish(mine, await begin(mine), "C")).message).toContain("known here already")
  })

  test("not under a name that one has already, nor one that turns text around", async () => {
    await world.enrol("ops", "Laptop")
    const { challengeId, options } = expectDone(await beginEnrolment(world.ctx("ops"), { password: worldPassword }))
    const response = new SoftwareAuthenticator(at).make(options)
    const send = async (name: string) =>
      refusalOf(await finishEnrolment(world.ctx("ops"), { challengeId, name, response }))
    for (const name of ["", "\u202eevil", "a\u0000b"]) expect(await send(name)).toMatchObject({ field: "name" })
    expect(await send("LAPTOP")).toMatchObject({ code: "conflict", field: "name" })
    expectDone(await finishEnrolment(world.ctx("ops"), { challengeId, name: "Phone", response }))
  })

  test("not where the console's address is an IP address, and the list says so", async () => {
    for (const address of ["http://127.0.0.1:3000", "http://[::1]:3000"]) {
      openAt(address)
      const refusal = refusalOf(await beginEnrolment(world.ctx("ops"), { password: worldPassword }))
      expect(refusal.message).toContain("a name such as localhost")
      expect(refusalOf(await beginSignIn(world.nobody, {})).code).toBe("conflict")
      expect(expectDone(await listPasskeys(world.ctx("ops"))).relyingParty.named).toBe(false)
    }
    openAt(at.origin)
  })
})

describe("a passkey is renamed and removed", () => {
  test("by its owner alone; the name is not another one's", async () => {
    const { passkey } = await world.enrol("ops", "Laptop")
    await world.enrol("ops", "Phone")
    const rename = (name: string, key: PersonKey = "ops") => renamePasskey(world.ctx(key), passkey.id, { name })
    expect(expectDone(await rename("Work laptop")).passkey.name).toBe("Work laptop")
    expectDone(await rename("work laptop"))
    expect(refusalOf(await rename("phone"))).toMatchObject({ code: "conflict", field: "name" })
    expect(refusalOf(await rename("Mine", "devops")).code).toBe("not_found")
    expect(refusalOf(await renamePasskey(world.ctx("ops"), "no-id", { name: "X" })).code).toBe("not_found")
  })

  test("removed after a fresh proof; kept for what it signed, and of no use any more", async () => {
    const { device, passkey } = await world.enrol("ops", "Laptop")
    const begun = expectDone(await beginSignIn(world.nobody, {}))
    const remove = (body: unknown, key: PersonKey = "ops") => removePasskey(world.ctx(key), passkey.id, body)
    expect(refusalOf(await remove({}))).toMatchObject({ field: "password" })
    expect(refusalOf(await remove({ password: "wrong" }))).toMatchObject({ field: "password" })
    expect(refusalOf(await remove({ password: worldPassword }, "devops")).code).toBe("not_found")
    const { removedAt } = expectDone(await remove({ password: worldPassword }))
    expect(refusalOf(await remove({ password: worldPassword })).code).toBe("not_found")
    const row = await prisma.passkey.findUniqueOrThrow({ where: { id: passkey.id } })
    expect(row.removedAt?.toISOString()).toBe(removedAt)
    expect(row.publicKey.length).toBeGreaterThan(0)
    const answer = { challengeId: begun.challengeId, response: device.answer(begun.options) }
    expect(await signInWithPasskey(answer, null)).toEqual({ ok: false, reason: "wrong" })
    expect(expectDone(await listPasskeys(world.ctx("ops"))).passkeys).toEqual([])
    const refusal = refusalOf(await beginConfirmation(world.ctx("ops"), { for: "add" }))
    expect(refusal).toMatchObject({ code: "invalid", field: "passkey" })
  })

  test("an answer given for one errand is worth nothing for another", async () => {
    const { device, passkey } = await world.enrol("ops", "Laptop")
    const other = await world.enrol("ops", "Phone")
    const toAdd = await world.confirmed("ops", device, { for: "add" })
    const remove = (id: string, proof: unknown) => removePasskey(world.ctx("ops"), id, { passkey: proof })
    expect(refusalOf(await remove(other.passkey.id, toAdd))).toMatchObject({ code: "forbidden", field: "passkey" })
    const toRemoveOther = await world.confirmed("ops", device, { for: "remove", passkeyId: other.passkey.id })
    expect(refusalOf(await remove(passkey.id, toRemoveOther))).toMatchObject({ code: "forbidden" })
    const theirs = await world.enrol("devops", "Key")
    const begun = expectDone(await beginConfirmation(world.ctx("ops"), { for: "add" }))
    const borrowed = { challengeId: begun.challengeId, response: theirs.device.answer(begun.options) }
    expect(refusalOf(await beginEnrolment(world.ctx("ops"), { passkey: borrowed })).code).toBe("forbidden")
    expectDone(
      await remove(
        other.passkey.id,
        await world.confirmed("ops", device, { for: "remove", passkeyId: other.passkey.id }),
      ),
    )
  })

  test("the last way in stays, also when two are removed at once", async () => {
    const one = await world.enrol("viewer", "One")
    const two = await world.enrol("viewer", "Two")
    await prisma.user.update({ where: { id: world.idOf("viewer") }, data: { passwordHash: null } })
    const proof = async ({ device, passkey }: typeof one) =>
      world.confirmed("viewer", device, { for: "remove", passkeyId: passkey.id })
    const [first, second] = [await proof(one), await proof(two)]
    const both = await Promise.all([
      removePasskey(world.ctx("viewer"), one.passkey.id, { passkey: first }),
      removePasskey(world.ctx("viewer"), two.passkey.id, { passkey: second }),
    ])
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
    const refusal = both.find(({ ok }) => !ok)
    expect(refusal && refusalOf(refusal as Result<unknown>).message).toContain("only way in")
  })
})

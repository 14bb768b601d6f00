import { createPublicKey, generateKeyPairSync, verify } from "node:crypto"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { passkeyProofSchema } from "@/lib/contracts/passkey-proof"
import type { Context } from "@/lib/server/access/context"
import { sha256Hex } from "@/lib/server/crypto/sha256"
import { prisma } from "@/lib/server/db"
import { forgetEnv } from "@/lib/server/env"
import type { Result } from "@/lib/server/result"
import { closeConsole } from "@/lib/testing/world/close-console"
import { type ConsoleWorld, consoleWorld, type PersonKey, worldPassword } from "@/lib/testing/world/console-world"
import { expectDone } from "@/lib/testing/world/releases"
import { beginAssertion } from "./begin-assertion"
import { beginConfirmation } from "./begin-confirmation"
import { beginEnrolment } from "./begin-enrolment"
import { beginSignIn } from "./begin-sign-in"
import { finishAssertion } from "./finish-assertion"
import { finishEnrolment } from "./finish-enrolment"
import { listPasskeys } from "./list-passkeys"
import { removePasskey } from "./remove-passkey"
import { renamePasskey } from "./rename-passkey"
import { signInWithPasskey } from "./sign-in-with-passkey"
import { type Algorithm, SoftwareAuthenticator } from "./software-authenticator.fixture"

const at = { origin: "http://localhost:3000", rpId: "localhost" }
let world: ConsoleWorld
beforeAll(async () => {
  process.env.NEXTAUTH_URL = at.origin
  forgetEnv()
  world = await consoleWorld()
})
// Wrong proofs are counted, and a test is not to be held back by another one's.
beforeEach(async () => {
  await prisma.rateLimit.deleteMany({})
  await prisma.passkey.deleteMany({})
})
afterAll(closeConsole)

const idOf = (key: PersonKey) => world.ctx(key).person?.id ?? ""
const inSession = (key: PersonKey, sessionId: string): Context => ({ ...world.ctx(key), sessionId })

function refusalOf<T>(result: Result<T>) {
  if (result.ok) throw new Error("it was not refused")
  return result.refusal
}

async function refusals(userId: string | null = null): Promise<number> {
  return prisma.securityEvent.count({ where: { type: "passkey.refused", ...(userId ? { userId } : {}) } })
}

type How = ConstructorParameters<typeof SoftwareAuthenticator>[1]

async function enrol(key: PersonKey, name: string, how: How = {}) {
  const device = new SoftwareAuthenticator(at, how)
  const begun = expectDone(await beginEnrolment(world.ctx(key), { password: worldPassword }))
  const body = { challengeId: begun.challengeId, name, response: device.make(begun.options) }
  const { passkey } = expectDone(await finishEnrolment(world.ctx(key), body))
  return { device, passkey }
}

async function signIn(device: SoftwareAuthenticator, tricks: Parameters<SoftwareAuthenticator["answer"]>[1] = {}) {
  const { challengeId, options } = expectDone(await beginSignIn(world.nobody, undefined))
  return signInWithPasskey({ challengeId, response: device.answer(options, tricks) }, "203.0.113.9")
}

async function confirmed(key: PersonKey, device: SoftwareAuthenticator, errand: unknown) {
  const { challengeId, options } = expectDone(await beginConfirmation(world.ctx(key), errand))
  return { challengeId, response: device.answer(options) }
}

describe("a passkey is added", () => {
  test("after the password, then after another passkey; each has a name, a kind and a date", async () => {
    const first = await enrol("ops", "Laptop", { countsUses: true })
    expect(first.passkey).toMatchObject({ name: "Laptop", kind: "device", lastUsedAt: null, usableHere: true })
    const passkey = await confirmed("ops", first.device, { for: "add" })
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
    ["with a maker's statement that nobody asked for", { fmt: "tpm" }],
    ["with a statement of a kind that there is not", { fmt: "__proto__" }],
  ])("not %s; that is on record, and the challenge is used up", async (_, tricks) => {
    const before = await refusals(idOf("ops"))
    const { challengeId, options } = expectDone(await beginEnrolment(world.ctx("ops"), { password: worldPassword }))
    const device = new SoftwareAuthenticator(at)
    const send = async (response: unknown) =>
      refusalOf(await finishEnrolment(world.ctx("ops"), { challengeId, name: "Key", response }))
    expect(await send(device.make(options, tricks))).toMatchObject({ code: "forbidden", field: "passkey" })
    expect(await send(device.make(options))).toMatchObject({ message: expect.stringContaining("used already") })
    expect(await refusals(idOf("ops"))).toBe(before + 2)
    expect(await prisma.passkey.count()).toBe(0)
  })

  test("not for somebody else, in another session, too late, twice at once, or with a challenge to sign in", async () => {
    const device = new SoftwareAuthenticator(at)
    const begin = async (ctx: Context) => expectDone(await beginEnrolment(ctx, { password: worldPassword }))
    const finish = (ctx: Context, { challengeId, options }: Awaited<ReturnType<typeof begin>>, name = "Key") =>
      finishEnrolment(ctx, { challengeId, name, response: device.make(options) })
    const [mine, theirs] = [inSession("ops", "one"), inSession("devops", "one")]
    expect(refusalOf(await finish(theirs, await begin(mine)))).toMatchObject({ field: "passkey" })
    expect(refusalOf(await finish(inSession("ops", "two"), await begin(mine))).message).toContain("another session")
    const late = await begin(mine)
    await prisma.webauthnChallenge.update({ where: { id: late.challengeId }, data: { expiresAt: new Date(0) } })
    expect(refusalOf(await finish(mine, late))).toMatchObject({ field: "passkey" })
    const toSignIn = expectDone(await beginSignIn(world.nobody, {}))
    const response = device.make({ challenge: toSignIn.options.challenge, user: { id: "eA" } })
    const body = { challengeId: toSignIn.challengeId, name: "Key", response }
    expect(refusalOf(await finishEnrolment(mine, body))).toMatchObject({ field: "passkey" })
    const owner = await enrol("ops", "First")
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
    await enrol("ops", "Laptop")
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
      process.env.NEXTAUTH_URL = address
      forgetEnv()
      const refusal = refusalOf(await beginEnrolment(world.ctx("ops"), { password: worldPassword }))
      expect(refusal.message).toContain("a name such as localhost")
      expect(refusalOf(await beginSignIn(world.nobody, {})).code).toBe("conflict")
      expect(expectDone(await listPasskeys(world.ctx("ops"))).relyingParty.named).toBe(false)
    }
    process.env.NEXTAUTH_URL = at.origin
    forgetEnv()
  })
})

describe("signing in with a passkey", () => {
  test.each<[string, Algorithm]>([
    ["ES256", -7],
    ["EdDSA", -8],
    ["RS256", -257],
  ])("%s: its owner is let in without being named, and what it gave verifies offline", async (_, algorithm) => {
    const { device, passkey } = await enrol("devops", "Key", { algorithm, countsUses: true })
    const { options } = expectDone(await beginSignIn(world.nobody, {}))
    expect(options.allowCredentials ?? []).toEqual([])
    expect(options.userVerification).toBe("required")
    expect(await signIn(device)).toMatchObject({ ok: true, person: { id: idOf("devops") } })
    expect(await signIn(device)).toMatchObject({ ok: true })
    expect((await prisma.passkey.findUniqueOrThrow({ where: { id: passkey.id } })).counter).toBe(3n)

    const begun = await beginAssertion({ person: { id: idOf("devops") }, purpose: "sign", data: { of: "release" } })
    const { proof, data } = expectDone(
      await finishAssertion({
        person: { id: idOf("devops") },
        purpose: "sign",
        challengeId: begun.challengeId,
        response: device.answer(begun.options),
        address: null,
      }),
    )
    expect(data).toEqual({ of: "release" })
    expect(passkeyProofSchema.parse(proof)).toMatchObject({ algorithm, rpId: "localhost", origin: at.origin })
    const client = Buffer.from(proof.clientDataJson, "base64url")
    const hash = Buffer.from(sha256Hex(client), "hex")
    const signed = Buffer.concat([Buffer.from(proof.authenticatorData, "base64url"), hash])
    const key = createPublicKey({ key: Buffer.from(proof.publicKeySpki, "base64"), format: "der", type: "spki" })
    const signature = Buffer.from(proof.signature, "base64url")
    expect(verify(algorithm === -8 ? null : "sha256", signed, key, signature)).toBe(true)
  })

  type Tricks = Parameters<SoftwareAuthenticator["answer"]>[1]
  test.each<[string, () => Tricks]>([
    ["another challenge", () => ({ challenge: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" })],
    ["another origin", () => ({ origin: "https://evil.example" })],
    ["the same name on another port", () => ({ origin: "http://localhost:3001" })],
    ["another domain", () => ({ rpId: "evil.example" })],
    ["another ceremony", () => ({ type: "webauthn.create" })],
    ["a frame of another site", () => ({ crossOrigin: true })],
    ["nobody verified", () => ({ userVerified: false })],
    ["nobody there", () => ({ userPresent: false })],
    ["another key", () => ({ key: generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey })],
    ["a changed signature", () => ({ tamper: "signature" })],
    ["a changed counter", () => ({ tamper: "authenticatorData" })],
    ["changed client data", () => ({ tamper: "clientDataJSON" })],
    ["a counter that stands still", () => ({ counter: 5 })],
    ["a counter that goes back", () => ({ counter: 4 })],
    ["somebody else as owner", () => ({ userHandle: Buffer.from(idOf("lead2")).toString("base64url") })],
    ["no owner", () => ({ userHandle: null })],
  ])("is refused with %s, and on record as its owner's", async (_, tricks) => {
    const { device } = await enrol("devops", "Key", { countsUses: true })
    expect(await signIn(device, { counter: 5 })).toMatchObject({ ok: true })
    const before = await refusals(idOf("devops"))
    expect(await signIn(device, { counter: 6, ...tricks() })).toEqual({ ok: false, reason: "wrong" })
    expect(await refusals(idOf("devops"))).toBe(before + 1)
    expect(await signIn(device, { counter: 7 }), "the key itself is as good as before").toMatchObject({ ok: true })
  })

  test("an answer is taken once: not again, not twice at once, not too late, not for another purpose", async () => {
    const { device } = await enrol("devops", "Key")
    const begun = expectDone(await beginSignIn(world.nobody, {}))
    const answer = { challengeId: begun.challengeId, response: device.answer(begun.options) }
    const send = () => signInWithPasskey(answer, null)
    const both = await Promise.all([send(), send(), send()])
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await send()).toEqual({ ok: false, reason: "wrong" })
    const late = expectDone(await beginSignIn(world.nobody, {}))
    await prisma.webauthnChallenge.update({ where: { id: late.challengeId }, data: { expiresAt: new Date() } })
    const tooLate = { challengeId: late.challengeId, response: device.answer(late.options) }
    expect(await signInWithPasskey(tooLate, null)).toEqual({ ok: false, reason: "wrong" })
    const toAdd = await confirmed("devops", device, { for: "add" })
    expect(await signInWithPasskey(toAdd, null)).toEqual({ ok: false, reason: "wrong" })
  })

  test("two answers with one counter: one is a copy's, and is refused", async () => {
    const { device } = await enrol("devops", "Key", { countsUses: true })
    const both = await Promise.all([signIn(device, { counter: 9 }), signIn(device, { counter: 9 })])
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
  })

  test("disabled, removed, unknown, or made for another address: refused, and nothing tells which", async () => {
    const wrong = { ok: false, reason: "wrong" }
    const { device, passkey } = await enrol("devops", "Key")
    await prisma.user.update({ where: { id: idOf("devops") }, data: { disabledAt: new Date() } })
    const before = await refusals(idOf("devops"))
    expect(await signIn(device)).toEqual(wrong)
    await prisma.user.update({ where: { id: idOf("devops") }, data: { disabledAt: null } })
    await prisma.passkey.update({ where: { id: passkey.id }, data: { rpId: "go.example" } })
    expect(await signIn(device)).toEqual(wrong)
    await prisma.passkey.update({ where: { id: passkey.id }, data: { rpId: "localhost", removedAt: new Date() } })
    expect(await signIn(device)).toEqual(wrong)
    expect(await refusals(idOf("devops"))).toBe(before + 3)
    const stranger = new SoftwareAuthenticator(at)
    stranger.make({ challenge: "x", user: { id: Buffer.from(idOf("devops")).toString("base64url") } })
    expect(await signIn(stranger)).toEqual(wrong)
  })

  test("what is no answer at all changes nothing", async () => {
    const { challengeId, options } = expectDone(await beginSignIn(world.nobody, {}))
    const device = new SoftwareAuthenticator(at)
    const good = device.answer(options)
    for (const broken of [
      null,
      {},
      { challengeId },
      { challengeId: "x", response: good },
      { challengeId, response: { ...good, id: "a\u0000b" } },
      { challengeId, response: { ...good, response: {} } },
      { challengeId, response: { ...good, response: { ...good.response, signature: "not base64!" } } },
    ]) {
      expect(await signInWithPasskey(broken, null)).toEqual({ ok: false, reason: "wrong" })
    }
    expect(await prisma.webauthnChallenge.findUnique({ where: { id: challengeId } })).toMatchObject({ usedAt: null })
    const garbage = { ...good, response: { ...good.response, authenticatorData: "AAAA", clientDataJSON: "AAAA" } }
    expect(await signInWithPasskey({ challengeId, response: garbage }, null)).toEqual({ ok: false, reason: "wrong" })
  })

  test("is limited by address: the challenges and the wrong answers", async () => {
    const { device } = await enrol("devops", "Key")
    const asking: Context = { ...world.nobody, address: "198.51.100.20" }
    await prisma.rateLimit.create({
      data: {
        bucket: `passkey-from:${sha256Hex("198.51.100.20")}`,
        count: 96,
        resetsAt: new Date(Date.now() + 600_000),
      },
    })
    const begun = expectDone(await beginSignIn(asking, {}))
    const answer = { challengeId: begun.challengeId, response: device.answer(begun.options) }
    expect(await signInWithPasskey(answer, asking.address)).toEqual({ ok: false, reason: "too_many" })
    await prisma.rateLimit.updateMany({
      where: { bucket: `passkey-ask:${sha256Hex("198.51.100.20")}` },
      data: { count: 300 },
    })
    expect(refusalOf(await beginSignIn(asking, {})).code).toBe("rate_limited")
    expectDone(await beginSignIn({ ...asking, address: "198.51.100.21" }, {}))
  })
})

describe("a passkey is renamed and removed", () => {
  test("by its owner alone; the name is not another one's", async () => {
    const { passkey } = await enrol("ops", "Laptop")
    await enrol("ops", "Phone")
    const rename = (name: string, key: PersonKey = "ops") => renamePasskey(world.ctx(key), passkey.id, { name })
    expect(expectDone(await rename("Work laptop")).passkey.name).toBe("Work laptop")
    expectDone(await rename("work laptop"))
    expect(refusalOf(await rename("phone"))).toMatchObject({ code: "conflict", field: "name" })
    expect(refusalOf(await rename("Mine", "devops")).code).toBe("not_found")
    expect(refusalOf(await renamePasskey(world.ctx("ops"), "no-id", { name: "X" })).code).toBe("not_found")
  })

  test("removed after a fresh proof; kept for what it signed, and of no use any more", async () => {
    const { device, passkey } = await enrol("ops", "Laptop")
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
    const { device, passkey } = await enrol("ops", "Laptop")
    const other = await enrol("ops", "Phone")
    const toAdd = await confirmed("ops", device, { for: "add" })
    const remove = (id: string, proof: unknown) => removePasskey(world.ctx("ops"), id, { passkey: proof })
    expect(refusalOf(await remove(other.passkey.id, toAdd))).toMatchObject({ code: "forbidden", field: "passkey" })
    const toRemoveOther = await confirmed("ops", device, { for: "remove", passkeyId: other.passkey.id })
    expect(refusalOf(await remove(passkey.id, toRemoveOther))).toMatchObject({ code: "forbidden" })
    const theirs = await enrol("devops", "Key")
    const begun = expectDone(await beginConfirmation(world.ctx("ops"), { for: "add" }))
    const borrowed = { challengeId: begun.challengeId, response: theirs.device.answer(begun.options) }
    expect(refusalOf(await beginEnrolment(world.ctx("ops"), { passkey: borrowed })).code).toBe("forbidden")
    expectDone(
      await remove(other.passkey.id, await confirmed("ops", device, { for: "remove", passkeyId: other.passkey.id })),
    )
  })

  test("the last way in stays, also when two are removed at once", async () => {
    const one = await enrol("viewer", "One")
    const two = await enrol("viewer", "Two")
    await prisma.user.update({ where: { id: idOf("viewer") }, data: { passwordHash: null } })
    const proof = async ({ device, passkey }: typeof one) =>
      confirmed("viewer", device, { for: "remove", passkeyId: passkey.id })
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

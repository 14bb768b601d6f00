import { createPublicKey, generateKeyPairSync, verify } from "node:crypto"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { passkeyProofSchema } from "@/lib/contracts/passkey-proof"
import type { Context } from "@/lib/server/access/context"
import { sha256Hex } from "@/lib/server/crypto/sha256"
import { prisma } from "@/lib/server/db"
import { closeConsole } from "@/lib/testing/world/close-console"
import { type ConsoleWorld, consoleWorld, type PersonKey, worldPassword } from "@/lib/testing/world/console-world"
import { expectDone } from "@/lib/testing/world/releases"
import { beginAssertion } from "./begin-assertion"
import { beginSignIn } from "./begin-sign-in"
import { finishAssertion } from "./finish-assertion"
import { at, openAt, passkeyWorld, refusalOf, refusals, type Tricks } from "./passkey-world.fixture"
import { signInWithPasskey } from "./sign-in-with-passkey"
import { type Algorithm, SoftwareAuthenticator } from "./software-authenticator.fixture"

const makeWorld = async () => passkeyWorld<PersonKey, ConsoleWorld>(await consoleWorld(), worldPassword)
let world: Awaited<ReturnType<typeof makeWorld>>
beforeAll(async () => {
  openAt(at.origin)
  world = await makeWorld()
})
beforeEach(() => world.forget())
afterAll(closeConsole)

describe("signing in with a passkey", () => {
  test.each<[string, Algorithm]>([
    ["ES256", -7],
    ["EdDSA", -8],
    ["RS256", -257],
  ])("%s: its owner is let in without being named, and what it gave verifies offline", async (_, algorithm) => {
    const { device, passkey } = await world.enrol("devops", "Key", { algorithm, countsUses: true })
    const { options } = expectDone(await beginSignIn(world.nobody, {}))
    expect(options.allowCredentials ?? []).toEqual([])
    expect(options.userVerification).toBe("required")
    expect(await world.signIn(device)).toMatchObject({ ok: true, person: { id: world.idOf("devops") } })
    expect(await world.signIn(device)).toMatchObject({ ok: true })
    expect((await prisma.passkey.findUniqueOrThrow({ where: { id: passkey.id } })).counter).toBe(3n)

    const begun = await beginAssertion({
      person: { id: world.idOf("devops") },
      purpose: "sign",
      data: { of: "release" },
    })
    const { proof, data } = expectDone(
      await finishAssertion({
        person: { id: world.idOf("devops") },
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
    ["somebody else as owner", () => ({ userHandle: Buffer.from(world.idOf("lead2")).toString("base64url") })],
    ["no owner", () => ({ userHandle: null })],
  ])("is refused with %s, and on record as its owner's", async (_, tricks) => {
    const { device } = await world.enrol("devops", "Key", { countsUses: true })
    expect(await world.signIn(device, { counter: 5 })).toMatchObject({ ok: true })
    const before = await refusals(world.idOf("devops"))
    expect(await world.signIn(device, { counter: 6, ...tricks() })).toEqual({ ok: false, reason: "wrong" })
    expect(await refusals(world.idOf("devops"))).toBe(before + 1)
    expect(await world.signIn(device, { counter: 7 }), "the key itself is as good as before").toMatchObject({
      ok: true,
    })
  })

  test("an answer is taken once: not again, not twice at once, not too late, not for another purpose", async () => {
    const { device } = await world.enrol("devops", "Key")
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
    const toAdd = await world.confirmed("devops", device, { for: "add" })
    expect(await signInWithPasskey(toAdd, null)).toEqual({ ok: false, reason: "wrong" })
  })

  test("two answers with one counter: one is a copy's, and is refused", async () => {
    const { device } = await world.enrol("devops", "Key", { countsUses: true })
    const both = await Promise.all([world.signIn(device, { counter: 9 }), world.signIn(device, { counter: 9 })])
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
  })

  test("disabled, removed, unknown, or made for another address: refused, and nothing tells which", async () => {
    const wrong = { ok: false, reason: "wrong" }
    const { device, passkey } = await world.enrol("devops", "Key")
    await prisma.user.update({ where: { id: world.idOf("devops") }, data: { disabledAt: new Date() } })
    const before = await refusals(world.idOf("devops"))
    expect(await world.signIn(device)).toEqual(wrong)
    await prisma.user.update({ where: { id: world.idOf("devops") }, data: { disabledAt: null } })
    await prisma.passkey.update({ where: { id: passkey.id }, data: { rpId: "go.example" } })
    expect(await world.signIn(device)).toEqual(wrong)
    await prisma.passkey.update({ where: { id: passkey.id }, data: { rpId: "localhost", removedAt: new Date() } })
    expect(await world.signIn(device)).toEqual(wrong)
    expect(await refusals(world.idOf("devops"))).toBe(before + 3)
    const stranger = new SoftwareAuthenticator(at)
    stranger.make({ challenge: "x", user: { id: Buffer.from(world.idOf("devops")).toString("base64url") } })
    expect(await world.signIn(stranger)).toEqual(wrong)
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
    const { device } = await world.enrol("devops", "Key")
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

import { createPublicKey, generateKeyPairSync, verify } from "node:crypto"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { passkeyProofSchema } from "@/lib/contracts/passkey-proof"
import { signatureManifestSchema } from "@/lib/contracts/signature-manifest"
import { type SignoffRole, signoffRoles } from "@/lib/domain/access/roles"
import { coveredContent } from "@/lib/domain/signoff/covered-content"
import { verifyChain } from "@/lib/server/audit/verify-timeline"
import { patchItem } from "@/lib/server/checklist/patch-item"
import { databaseNow } from "@/lib/server/clock"
import { hashJson, sha256Hex } from "@/lib/server/crypto/sha256"
import { prisma } from "@/lib/server/db"
import type { Result } from "@/lib/server/result"
import { readReleaseState } from "@/lib/server/runs/read-release-state"
import { closeConsole } from "@/lib/testing/world/close-console"
import { type ConsoleWorld, consoleWorld, type PersonKey, worldPassword } from "@/lib/testing/world/console-world"
import { expectDone } from "@/lib/testing/world/releases"
import { challengeSignature } from "./challenge-signature"
import { signRelease } from "./sign-release"
import { type SoftPasskey, softPasskey } from "./soft-passkey.fixture"
import { withdrawSignature } from "./withdraw-signature"

let world: ConsoleWorld
const keys = new Map<PersonKey, SoftPasskey>()
beforeAll(async () => {
  world = await consoleWorld({
    playbook: (playbook) => ({
      ...playbook,
      signoffs: {
        ...playbook.signoffs,
        roles: playbook.signoffs.roles.map((role) => (role.role === "tech_lead" ? { ...role, quorum: 2 } : role)),
      },
    }),
  })
  for (const key of [...signoffRoles, "lead2"] as const)
    keys.set(key, await softPasskey(world.ctx(key).person?.id ?? ""))
})
// Wrong proofs are counted, and a test is not to be held back by another one's.
beforeEach(async () => {
  await prisma.rateLimit.deleteMany({})
})
afterAll(closeConsole)

function keyOf(person: PersonKey): SoftPasskey {
  const key = keys.get(person)
  if (!key) throw new Error(`${person} has no passkey`)
  return key
}

async function challenge(id: string, role: SignoffRole, as: PersonKey = role, more: Record<string, unknown> = {}) {
  const state = await readReleaseState(id)
  const items = state.signoffs[role]?.items.map(({ key }) => key)
  return challengeSignature(world.ctx(as), id, role, { items, contentHash: hashJson(coveredContent(state)), ...more })
}

type Tricks = Parameters<SoftPasskey["answer"]>[1]

async function answer(id: string, role: SignoffRole, as: PersonKey = role, tricks: Tricks = {}) {
  const { challengeId, options } = expectDone(await challenge(id, role, as))
  return { challengeId, response: keyOf(as).answer(options, tricks) }
}

async function sign(id: string, role: SignoffRole, as: PersonKey = role, tricks: Tricks = {}) {
  return signRelease(world.ctx(as), id, role, { passkey: await answer(id, role, as, tricks) })
}

function refusalOf<T>(result: Result<T>) {
  if (result.ok) throw new Error("it was not refused")
  return result.refusal
}

const events = (releaseId: string) => prisma.event.count({ where: { releaseId, type: "signoff.signed" } })
const recordedOf = async (person: PersonKey) =>
  prisma.securityEvent.count({ where: { userId: world.ctx(person).person?.id, type: { startsWith: "passkey" } } })

describe("a passkey's signature", () => {
  test.each(["devops", "product", "security"] as const)(
    "of %s verifies with nothing but what is kept",
    async (role) => {
      const id = await world.release()
      const { release } = expectDone(await sign(id, role))
      const signature = release.signoffs[role]?.signatures[0]
      expect(signature).toMatchObject({ method: "passkey" })
      const row = await prisma.evidence.findUniqueOrThrow({ where: { id: signature?.evidenceId } })
      const blocks = row.blocks as { title: string; text: string }[]
      expect(blocks[1]?.title).toBe("Passkey proof (JSON)")
      const text = blocks[0]?.text ?? ""
      const { method, contentHash } = signatureManifestSchema.parse(JSON.parse(text))
      const proof = passkeyProofSchema.parse(JSON.parse(blocks[1]?.text ?? ""))
      expect(contentHash).toBe(hashJson(coveredContent(release)))
      expect(sha256Hex(text)).toBe(signature?.manifestHash)
      expect(method).toMatchObject({ type: "passkey", passkeyId: keyOf(role).id, publicKeySpki: proof.publicKeySpki })
      const client = Buffer.from(proof.clientDataJson, "base64url")
      const asked = Buffer.from(JSON.parse(client.toString()).challenge, "base64url").toString("hex")
      expect(asked).toBe(signature?.manifestHash)
      const authData = Buffer.from(proof.authenticatorData, "base64url")
      const signed = Buffer.concat([authData, Buffer.from(sha256Hex(client), "hex")])
      const key = createPublicKey({ key: Buffer.from(proof.publicKeySpki, "base64"), format: "der", type: "spki" })
      expect(verify("sha256", signed, key, Buffer.from(proof.signature, "base64url"))).toBe(true)
      expect(await verifyChain(id)).toMatchObject({ ok: true })
    },
  )

  test("names its place in a quorum, and is asked again when somebody was faster", async () => {
    const id = await world.release()
    const late = await answer(id, "tech_lead", "lead2")
    expectDone(await sign(id, "tech_lead"))
    const refused = refusalOf(await signRelease(world.ctx("lead2"), id, "tech_lead", { passkey: late }))
    expect(refused).toMatchObject({ code: "stale" })
    expect(refused.message).toContain("1 of 2 have signed as Tech Lead")
    const { release } = expectDone(await sign(id, "tech_lead", "lead2"))
    expect(release.signoffs.tech_lead).toMatchObject({ status: "signed" })
    const second = release.signoffs.tech_lead?.signatures[1]
    const row = await prisma.evidence.findUniqueOrThrow({ where: { id: second?.evidenceId } })
    const [block] = row.blocks as { text: string }[]
    expect(JSON.parse(block?.text ?? "").signature.quorum).toEqual({ place: 2, of: 2 })
  })

  test("sent twice, one after the other and at once, is made once", async () => {
    const id = await world.release()
    const passkey = await answer(id, "security")
    const send = () => signRelease(world.ctx("security"), id, "security", { passkey })
    const all = [...(await Promise.all([send(), send()])), await send()].map(expectDone)
    expect(new Set(all.map(({ result }) => result?.signatureId)).size).toBe(1)
    expect(all.flatMap(({ events: written }) => written)).toHaveLength(1)
    expect(await events(id)).toBe(1)
  })
})

describe("is refused", () => {
  test("used again after the signature was withdrawn, and that is on record", async () => {
    const id = await world.release()
    const passkey = await answer(id, "security")
    expectDone(await signRelease(world.ctx("security"), id, "security", { passkey }))
    expectDone(await withdrawSignature(world.ctx("security"), id, "security", { reason: "no" }))
    const before = await recordedOf("security")
    const replayed = refusalOf(await signRelease(world.ctx("security"), id, "security", { passkey }))
    expect(replayed).toMatchObject({ code: "forbidden", field: "passkey" })
    expect(await recordedOf("security")).toBeGreaterThan(before)
    expect(await events(id)).toBe(1)
  })

  test("when the content changed after the challenge, with what changed", async () => {
    const id = await world.release()
    const passkey = await answer(id, "product")
    const [item] = Object.values((await readReleaseState(id)).items)
    if (!item) throw new Error("there are no items")
    expectDone(await patchItem(world.ctx("devops"), id, item.key, { state: "passed", revision: 0, note: "seen" }))
    const refused = refusalOf(await signRelease(world.ctx("product"), id, "product", { passkey }))
    expect(refused).toMatchObject({ code: "stale", detail: { changes: [`“${item.title}” went from open to passed`] } })
    expect(await events(id)).toBe(0)
  })

  test("for a page that is old already, before any key is asked", async () => {
    const id = await world.release()
    const refused = refusalOf(await challenge(id, "product", "product", { contentHash: "0".repeat(64) }))
    expect(refused).toMatchObject({ code: "stale", field: "contentHash" })
  })

  test("past its time, by the database's clock", async () => {
    const id = await world.release()
    const passkey = await answer(id, "security")
    const expiresAt = await databaseNow()
    await prisma.webauthnChallenge.update({ where: { id: passkey.challengeId }, data: { expiresAt } })
    const before = await recordedOf("security")
    const refused = refusalOf(await signRelease(world.ctx("security"), id, "security", { passkey }))
    expect(refused).toMatchObject({ code: "forbidden", field: "passkey" })
    expect(await recordedOf("security")).toBeGreaterThan(before)
  })

  test("for another release, another role and another person", async () => {
    const [one, two] = [await world.release(), await world.release()]
    const foreign = { code: "forbidden", field: "passkey" }
    const before = await recordedOf("security")
    const elsewhere = await answer(one, "security")
    expect(refusalOf(await signRelease(world.ctx("security"), two, "security", { passkey: elsewhere }))).toMatchObject(
      foreign,
    )
    expect(await recordedOf("security")).toBeGreaterThan(before)
    const somebodys = await answer(one, "security")
    expect(refusalOf(await signRelease(world.ctx("devops"), one, "devops", { passkey: somebodys }))).toMatchObject(
      foreign,
    )
    expect([await events(one), await events(two)]).toEqual([0, 0])
  })

  test.each<[string, () => Tricks]>([
    ["from another origin", () => ({ origin: "https://evil.example" })],
    ["without the person verified", () => ({ userVerified: false })],
    ["of another kind of ceremony", () => ({ type: "webauthn.create" })],
    ["by another key", () => ({ key: generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey })],
  ])("%s", async (_, tricks) => {
    const id = await world.release()
    const before = await recordedOf("devops")
    expect(refusalOf(await sign(id, "devops", "devops", tricks()))).toMatchObject({
      code: "forbidden",
      field: "passkey",
    })
    expect(await recordedOf("devops")).toBeGreaterThan(before)
    expect(await events(id)).toBe(0)
  })

  test("where the role was taken away between challenge and answer", async () => {
    const id = await world.release()
    const passkey = await answer(id, "product")
    const userId = world.ctx("product").person?.id
    await prisma.roleGrant.updateMany({ where: { userId }, data: { role: "viewer" } })
    expect(refusalOf(await signRelease(world.ctx("product"), id, "product", { passkey }))).toMatchObject({
      code: "forbidden",
    })
    await prisma.roleGrant.updateMany({ where: { userId }, data: { role: "product" } })
  })

  test("a challenge for a token, for a role not held, for points missing, for a key that is not there", async () => {
    const id = await world.release()
    const body = { items: [], contentHash: "0".repeat(64) }
    const token = world.tokenCtx("security", ["read", "deploy", "release:write"])
    expect(refusalOf(await challengeSignature(token, id, "security", body))).toMatchObject({ code: "forbidden" })
    expect(refusalOf(await challenge(id, "security", "devops"))).toMatchObject({ code: "forbidden" })
    expect(refusalOf(await challenge(id, "security", "security", { items: [] }))).toMatchObject({ field: "items" })
    const foreignKey = { passkeyId: keyOf("devops").id }
    expect(refusalOf(await challenge(id, "security", "security", foreignKey))).toMatchObject({ field: "passkeyId" })
  })

  test("beside a password", async () => {
    const id = await world.release()
    const both = { password: worldPassword, passkey: await answer(id, "security") }
    expect(refusalOf(await signRelease(world.ctx("security"), id, "security", both))).toMatchObject({
      field: "passkey",
    })
  })
})

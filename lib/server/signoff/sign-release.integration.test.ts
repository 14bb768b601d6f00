import { randomUUID } from "node:crypto"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { signatureManifestSchema } from "@/lib/contracts/signature-manifest"
import type { SignoffRole } from "@/lib/domain/access/roles"
import { coveredContent } from "@/lib/domain/signoff/covered-content"
import { verifyChain } from "@/lib/server/audit/verify-timeline"
import { patchItem } from "@/lib/server/checklist/patch-item"
import { canonicalJson } from "@/lib/server/crypto/canonical-json"
import { verifySeal } from "@/lib/server/crypto/seal"
import { hashJson, sha256Hex } from "@/lib/server/crypto/sha256"
import { prisma } from "@/lib/server/db"
import { readReleaseState } from "@/lib/server/runs/read-release-state"
import { closeConsole } from "@/lib/testing/world/close-console"
import { type ConsoleWorld, consoleWorld, type PersonKey, worldPassword } from "@/lib/testing/world/console-world"
import { expectDone } from "@/lib/testing/world/releases"
import { signRelease } from "./sign-release"

let world: ConsoleWorld
beforeAll(async () => {
  world = await consoleWorld()
})
afterAll(closeConsole)

async function points(releaseId: string, role: SignoffRole): Promise<string[]> {
  const { signoffs } = await readReleaseState(releaseId)
  return signoffs[role]?.items.map(({ key }) => key) ?? []
}

async function sign(releaseId: string, role: SignoffRole, as: PersonKey = role, more: Record<string, unknown> = {}) {
  const body = { password: worldPassword, items: await points(releaseId, role), ...more }
  return signRelease(world.ctx(as), releaseId, role, body)
}

async function refusalOf(answer: ReturnType<typeof sign>) {
  const { ok, ...rest } = await answer
  if (ok || !("refusal" in rest)) throw new Error("it was not refused")
  return rest.refusal
}

describe("a signature", () => {
  test("is of a manifest that says all, sealed, kept, and named by the event", async () => {
    const id = await world.release()
    const { release, events } = expectDone(await sign(id, "security"))
    const [signature] = release.signoffs.security?.signatures ?? []
    const row = await prisma.evidence.findUniqueOrThrow({ where: { id: signature?.evidenceId } })
    expect(row).toMatchObject({ subject: "signoff/security", kind: "manifest", releaseId: id })
    const [block] = row.blocks as { text: string }[]
    const text = block?.text ?? ""
    const manifest = signatureManifestSchema.parse(JSON.parse(text))
    expect(canonicalJson(manifest)).toBe(text)
    expect(sha256Hex(text)).toBe(signature?.manifestHash)
    expect(manifest).toMatchObject({
      format: "golive/signature-manifest/2",
      contentHash: hashJson(coveredContent(release)),
      policy: { distinctPeople: true, order: "parallel", expireMs: null },
      signature: {
        id: signature?.id,
        role: "security",
        onBehalfOf: null,
        quorum: { place: 1, of: 1 },
        expiresAt: null,
      },
      method: { type: "password", address: "203.0.113.7", userAgent: "test" },
    })
    expect(manifest.items).toHaveLength(Object.keys(release.items).length)
    const [event] = events
    if (event?.type !== "signoff.signed") throw new Error("it was not signed")
    expect(verifySeal(text, event.data.seal)).toBe(true)
    expect(event.data.meaning).toContain("Person security")
    expect(await verifyChain(id)).toMatchObject({ ok: true })
  })

  test("made twice by one person is made once", async () => {
    const id = await world.release()
    const [first, second] = await Promise.all([sign(id, "devops"), sign(id, "devops")])
    const results = [expectDone(first), expectDone(second)]
    expect(results[0]?.result).toEqual(results[1]?.result)
    expect(results.flatMap(({ events }) => events)).toHaveLength(1)
    expect(await prisma.event.count({ where: { releaseId: id, type: "signoff.signed" } })).toBe(1)
  })

  test("of two people at once for one place stands once; the other is told who was first", async () => {
    const id = await world.release()
    const answers = await Promise.all([sign(id, "tech_lead", "tech_lead"), sign(id, "tech_lead", "lead2")])
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    const refused = answers.find(({ ok }) => !ok)
    if (!refused || refused.ok) throw new Error("both signed")
    expect(refused.refusal).toMatchObject({ code: "conflict" })
    expect(refused.refusal.message).toMatch(/^Tech Lead has already signed, by Person (tech_lead|lead2)\.$/)
  })

  test("over a page that is not so any more is refused, with what changed", async () => {
    const id = await world.release()
    const before = await readReleaseState(id)
    const contentHash = hashJson(coveredContent(before))
    const [item] = Object.values(before.items)
    if (!item) throw new Error("there are no items")
    expectDone(await patchItem(world.ctx("devops"), id, item.key, { state: "passed", revision: 0, note: "seen" }))
    const refusal = await refusalOf(sign(id, "product", "product", { contentHash }))
    expect(refusal).toMatchObject({
      code: "stale",
      field: "contentHash",
      detail: { changes: [`“${item.title}” went from open to passed`] },
    })
    const fresh = hashJson(coveredContent(await readReleaseState(id)))
    expectDone(await sign(id, "product", "product", { contentHash: fresh }))
  })

  test.each<[string, () => Promise<unknown>, object]>([
    ["without a proof", () => signOf({ items: [] }), { code: "invalid", field: "password" }],
    [
      "with two proofs",
      () => signOf({ items: [], password: "x", passkey: somePasskey() }),
      { code: "invalid", field: "passkey" },
    ],
    ["with a wrong password", () => signOf({ items: [], password: "wrong" }), { code: "forbidden", field: "password" }],
    ["with points missing", () => signOf({ items: [], password: worldPassword }), { code: "invalid", field: "items" }],
    [
      "with unknown fields",
      () => signOf({ items: [], password: "x", admin: true }),
      { code: "invalid", field: "admin" },
    ],
  ])("%s is refused", async (_, act, expected) => {
    expect(await act()).toMatchObject(expected)
  })

  test("is never made by a token", async () => {
    const id = await world.release()
    const body = { password: worldPassword, items: await points(id, "security") }
    const ctx = world.tokenCtx("security", ["read", "release:write", "checklist:write", "deploy"])
    expect(await signRelease(ctx, id, "security", body)).toMatchObject({ ok: false, refusal: { code: "forbidden" } })
  })

  test.each<[PersonKey, SignoffRole]>([
    ["admin", "security"],
    ["viewer", "security"],
    ["ops", "tech_lead"],
    ["devops", "product"],
  ])("of %s for %s is refused and on record", async (as, role) => {
    const id = await world.release()
    expect(await refusalOf(sign(id, role, as))).toMatchObject({ code: "forbidden" })
    const where = { userId: world.ctx(as).person?.id, type: "access.refused" }
    const recorded = await prisma.securityEvent.findMany({ where })
    expect(recorded.some(({ data }) => JSON.stringify(data).includes(id))).toBe(true)
  })
})

const somePasskey = () => ({ challengeId: randomUUID(), response: { id: "a", rawId: "a", type: "public-key" } })

async function signOf(body: object) {
  const answer = await signRelease(world.ctx("product"), await world.release(), "product", body)
  if (answer.ok) throw new Error("it was not refused")
  return answer.refusal
}

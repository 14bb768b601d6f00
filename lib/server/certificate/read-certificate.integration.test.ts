import { createPublicKey, verify } from "node:crypto"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { certificateSchema } from "@/lib/contracts/api/audit"
import type { SignoffRole } from "@/lib/domain/access/roles"
import { patchItem } from "@/lib/server/checklist/patch-item"
import { canonicalJson } from "@/lib/server/crypto/canonical-json"
import { prisma } from "@/lib/server/db"
import { readReleaseState } from "@/lib/server/runs/read-release-state"
import { signRelease } from "@/lib/server/signoff/sign-release"
import { withdrawSignature } from "@/lib/server/signoff/withdraw-signature"
import { closeConsole } from "@/lib/testing/world/close-console"
import { type ConsoleWorld, consoleWorld, worldPassword } from "@/lib/testing/world/console-world"
import { expectDone } from "@/lib/testing/world/releases"
import { readCertificate } from "./read-certificate"

let world: ConsoleWorld
beforeAll(async () => {
  world = await consoleWorld({
    playbook: (playbook) => ({
      ...playbook,
      signoffs: {
        ...playbook.signoffs,
        policy: { ...playbook.signoffs.policy, expires: "1h" },
      },
    }),
  })
})
beforeEach(async () => {
  await prisma.rateLimit.deleteMany({})
})
afterAll(closeConsole)

async function sign(id: string, role: SignoffRole): Promise<void> {
  const items = (await readReleaseState(id)).signoffs[role]?.items.map(({ key }) => key) ?? []
  expectDone(await signRelease(world.ctx(role), id, role, { password: worldPassword, items }))
}

const certificate = async (id: string) => expectDone(await readCertificate(world.ctx("viewer"), id))

test("tells what became of every signature, in their order, sealed", async () => {
  const id = await world.release()
  await sign(id, "product")
  const items = Object.values((await readReleaseState(id)).items)
  const [waived] = items.filter(({ waivable }) => waivable)
  if (!waived) throw new Error("no item can be waived")
  const waiver = { state: "waived", revision: 0, note: "Not in this release" }
  expectDone(await patchItem(world.ctx("tech_lead"), id, waived.key, waiver))
  await sign(id, "product")
  await sign(id, "devops")
  expectDone(await withdrawSignature(world.ctx("devops"), id, "devops", { reason: "too early" }))
  expectDone(await signRelease(world.ctx("security"), id, "security", { decision: "decline", reason: "old keys" }))

  const sealed = await certificate(id)
  const { certificate: made } = sealed
  expect(certificateSchema.parse(made)).toEqual(made)
  expect(made.signatures.map(({ role, fate, fateReason }) => ({ role, fate, fateReason }))).toEqual([
    { role: "product", fate: "void", fateReason: expect.stringContaining(waived.title) },
    { role: "product", fate: "stands", fateReason: null },
    { role: "devops", fate: "withdrawn", fateReason: "too early" },
  ])
  expect(made.history.map(({ title, words }) => `${title} ${words.split(":")[0]}`)).toEqual([
    "Product void",
    "DevOps withdrawn",
    "Security declined",
  ])
  expect(made.signatures[1]).toMatchObject({ address: "203.0.113.7", userAgent: "test", method: "password" })
  expect(made.setAside).toMatchObject([{ key: waived.key, state: "waived", reason: "Not in this release" }])
  expect(made.remarks.join("\n")).toContain("No time-stamping authority is configured")
  expect(made.remarks.join("\n")).toContain("3 roles have not signed")
  const text = Buffer.from(canonicalJson(made))
  expect(verify(null, text, createPublicKey(sealed.publicKey), Buffer.from(sealed.seal, "base64url"))).toBe(true)
  expect(await certificate(id), "nothing happened meanwhile").toEqual(sealed)
})

test("of nothing signed says so; of another's eyes it is kept", async () => {
  const id = await world.release()
  expect((await certificate(id)).certificate).toMatchObject({ signatures: [], history: [] })
  expect(await readCertificate(world.nobody, id)).toMatchObject({ ok: false, refusal: { code: "unauthenticated" } })
})

test("a manifest that is gone or altered is not repeated, and that is said", async () => {
  const id = await world.release()
  await sign(id, "security")
  await prisma.$transaction([
    prisma.$executeRaw`SET LOCAL session_replication_role = replica`,
    prisma.$executeRaw`UPDATE "Evidence" SET blocks = '[]' WHERE "releaseId" = ${id}::uuid AND kind = 'manifest'`,
  ])
  const { certificate: made } = await certificate(id)
  expect(made.signatures[0]).toMatchObject({ address: null, signer: { name: "Person security", email: null } })
  expect(made.remarks.join("\n")).toContain("the signed manifest is missing or altered")
})

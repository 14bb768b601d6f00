import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { type SignoffRole, signoffRoles } from "@/lib/domain/access/roles"
import type { ReleaseState } from "@/lib/domain/release/state"
import { verifyChain } from "@/lib/server/audit/verify-timeline"
import { patchItem } from "@/lib/server/checklist/patch-item"
import { withRelease } from "@/lib/server/commit/with-release"
import { canonicalJson } from "@/lib/server/crypto/canonical-json"
import { verifySeal } from "@/lib/server/crypto/seal"
import { sha256Hex } from "@/lib/server/crypto/sha256"
import { prisma } from "@/lib/server/db"
import { unlockEnvironment } from "@/lib/server/environment/unlock-environment"
import { approveOverride } from "@/lib/server/override/approve-override"
import { requestOverride } from "@/lib/server/override/request-override"
import { findOwedRuns } from "@/lib/server/queue/reconcile"
import { readSnapshot } from "@/lib/server/releases/read-snapshot"
import { signRelease } from "@/lib/server/signoff/sign-release"
import { withdrawSignature } from "@/lib/server/signoff/withdraw-signature"
import { closeConsole } from "@/lib/testing/world/close-console"
import { type ConsoleWorld, consoleWorld, worldPassword } from "@/lib/testing/world/console-world"
import { abortDeploy } from "./abort-deploy"
import { startDeploy } from "./start-deploy"

let world: ConsoleWorld
const always = {
  days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
  start: "00:00",
  end: "24:00",
  zone: "UTC",
} as const
beforeAll(async () => {
  world = await consoleWorld({ playbook: (written) => ({ ...written, window: { ...always, days: [...always.days] } }) })
})
afterAll(closeConsole)

async function stateOf(id: string): Promise<ReleaseState> {
  const snapshot = await readSnapshot(world.ctx("tech_lead"), id)
  if (!snapshot.ok) throw new Error(snapshot.refusal.message)
  return snapshot.value.release
}

async function ticked(): Promise<string> {
  const id = await world.release()
  for (const item of Object.values((await stateOf(id)).items)) {
    const answer = await patchItem(world.ctx("tech_lead"), id, item.key, { revision: 0, state: "passed", note: "Seen" })
    expect(answer, item.key).toMatchObject({ ok: true })
  }
  return id
}

async function sign(id: string, role: SignoffRole, change: Record<string, unknown> = {}) {
  const items = (await stateOf(id)).signoffs[role]?.items.map((item) => item.key)
  return signRelease(world.ctx(role), id, role, { password: worldPassword, items, ...change })
}

async function ready(): Promise<string> {
  const id = await ticked()
  for (const role of signoffRoles) expect(await sign(id, role)).toMatchObject({ ok: true })
  return id
}

describe("signing", { timeout: 120_000 }, () => {
  test("seals exactly what was shown, and a change voids it by name", async () => {
    const id = await ticked()
    const page = await readSnapshot(world.ctx("security"), id)
    if (!page.ok) throw new Error("no snapshot")
    expect(await sign(id, "security", { contentHash: page.value.contentHash })).toMatchObject({ ok: true })
    const event = await prisma.event.findFirstOrThrow({ where: { releaseId: id, type: "signoff.signed" } })
    const data = event.data as { evidenceId: string; manifestHash: string; seal: string; meaning: string }
    const evidence = await prisma.evidence.findUniqueOrThrow({ where: { id: data.evidenceId } })
    const [block] = evidence.blocks as { text: string }[]
    const text = block?.text ?? ""
    expect(sha256Hex(text)).toBe(data.manifestHash)
    expect(canonicalJson(JSON.parse(text))).toBe(text)
    expect(verifySeal(text, data.seal)).toBe(true)
    expect(verifySeal(`${text} `, data.seal)).toBe(false)
    const manifest = JSON.parse(text)
    expect(manifest).toMatchObject({
      release: { id, version: "1.1.0" },
      signature: { role: "security", meaning: data.meaning, signer: { name: "Person security" } },
      method: { type: "password", address: "203.0.113.7" },
    })
    expect(manifest.items).toHaveLength(43)

    const [item] = Object.values((await stateOf(id)).items)
    if (!item) throw new Error("no item")
    const changed = await patchItem(world.ctx("ops"), id, item.key, { revision: 1, state: "open" })
    expect(changed).toMatchObject({ ok: true })
    const signoff = (await stateOf(id)).signoffs.security
    expect(signoff?.status).toBe("void")
    expect(signoff?.reason).toContain(item.title)
    expect(await verifyChain(id)).toMatchObject({ ok: true })
  })

  test("a stale page, a role not held, missing points and a second role are refused", async () => {
    const id = await ticked()
    expect(await sign(id, "product", { contentHash: "0".repeat(64) })).toMatchObject({ refusal: { code: "stale" } })
    expect(
      await signRelease(world.ctx("product"), id, "security", { password: worldPassword, items: [] }),
    ).toMatchObject({
      refusal: { code: "forbidden" },
    })
    expect(await sign(id, "product", { items: [] })).toMatchObject({ refusal: { code: "invalid", field: "items" } })
    expect(await sign(id, "product", { also: 1 })).toMatchObject({ refusal: { code: "invalid", field: "also" } })
    expect(await signRelease(world.ctx("product"), id, "pope", {})).toMatchObject({ refusal: { code: "not_found" } })
    expect((await stateOf(id)).signoffs.product?.status).toBe("pending")
    expect(await prisma.evidence.count({ where: { releaseId: id, kind: "manifest" } })).toBe(0)
  })

  test("a decline says why; a withdrawn signature is asked for again", async () => {
    const id = await ticked()
    expect(await sign(id, "devops", { decision: "decline" })).toMatchObject({ refusal: { field: "reason" } })
    expect(await sign(id, "devops", { decision: "decline", reason: "No capacity" })).toMatchObject({ ok: true })
    expect((await stateOf(id)).signoffs.devops).toMatchObject({ status: "declined", reason: "No capacity" })
    expect(await sign(id, "product")).toMatchObject({ ok: true })
    const by = await withdrawSignature(world.ctx("security"), id, "product", { reason: "x" })
    expect(by).toMatchObject({ refusal: { code: "forbidden" } })
    expect(await withdrawSignature(world.ctx("product"), id, "product", { reason: "Not yet" })).toMatchObject({
      ok: true,
    })
    expect((await stateOf(id)).signoffs.product?.status).toBe("withdrawn")
  })

  test("guessing the password is stopped and on record", async () => {
    const own = await consoleWorld()
    const id = await own.release()
    const guess = () => signRelease(own.ctx("security"), id, "security", { password: "wrong", items: [] })
    const answers = []
    for (let n = 0; n < 10; n++) answers.push(await guess())
    expect(answers[0]).toMatchObject({ refusal: { code: "forbidden", field: "password" } })
    expect(answers.at(-1)).toMatchObject({ refusal: { code: "rate_limited" } })
    // The right one does not get through either until the time is up.
    const right = await signRelease(own.ctx("security"), id, "security", { password: worldPassword, items: [] })
    expect(right).toMatchObject({ refusal: { code: "rate_limited" } })
    const userId = own.ctx("security").person?.id ?? ""
    const events = await prisma.securityEvent.findMany({ where: { userId } })
    expect(events.filter(({ type }) => type === "password.wrong")).toHaveLength(8)
    expect(events.filter(({ type }) => type === "password.limited")).toHaveLength(3)
  })
})

describe("starting", { timeout: 120_000 }, () => {
  test("is refused with every blocker while the gate is closed", async () => {
    const answer = await startDeploy(world.ctx("devops"), await world.release(), undefined)
    if (answer.ok) throw new Error("it started")
    expect(answer.refusal.code).toBe("not_ready")
    expect(answer.refusal.detail?.blockers).toHaveLength(47)
  })

  test("two at once start one; it holds the environment until it ends; a rollback's lock is opened with a reason", async () => {
    const id = await ready()
    const answers = await Promise.all([
      startDeploy(world.ctx("devops"), id, undefined),
      startDeploy(world.ctx("ops"), id, undefined),
      startDeploy(world.ctx("tech_lead"), id, {}),
    ])
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
    const runs = await prisma.run.findMany({ where: { releaseId: id, kind: "deploy" } })
    expect(runs).toHaveLength(1)
    const runId = runs[0]?.id ?? ""
    expect((await findOwedRuns()).map((run) => run.id)).toContain(runId)
    const environment = () => prisma.environment.findUniqueOrThrow({ where: { id: world.environment.id } })
    expect(await environment()).toMatchObject({ activeReleaseId: id, activeRunId: runId })

    const another = await ready()
    expect(await startDeploy(world.ctx("devops"), another, undefined)).toMatchObject({
      refusal: { code: "not_ready", detail: { blockers: [{ code: "environment_busy" }] } },
    })

    expect(await abortDeploy(world.ctx("devops"), id, { reason: "Changed our minds" })).toMatchObject({ ok: true })
    expect(await environment()).toMatchObject({ activeReleaseId: null, activeRunId: null, activeSince: null })
    expect((await prisma.run.findUniqueOrThrow({ where: { id: runId } })).status).toBe("finished")

    const locked = await withRelease(another, () => ({
      ok: true,
      events: [
        { type: "environment.locked", actor: { type: "console", reason: "test" }, data: { reason: "Rolled back" } },
      ],
    }))
    expect(locked.ok).toBe(true)
    expect(await startDeploy(world.ctx("devops"), id, undefined)).toMatchObject({
      refusal: { detail: { blockers: [{ code: "environment_locked" }] } },
    })
    const where = { service: world.service.key, environment: "production" }
    expect(await unlockEnvironment(world.ctx("ops"), where, { reason: "x" })).toMatchObject({
      refusal: { code: "forbidden" },
    })
    expect(await unlockEnvironment(world.ctx("devops"), where, { reason: "Cause found" })).toMatchObject({
      value: { environment: { lock: null } },
    })
    expect(await unlockEnvironment(world.ctx("devops"), where, { reason: "Again" })).toMatchObject({ ok: true })
    expect(await startDeploy(world.ctx("devops"), id, undefined)).toMatchObject({ ok: true })
    expect(await abortDeploy(world.ctx("devops"), id, undefined)).toMatchObject({ ok: true })
  })

  test("outside the window it takes a reason and a second person", async () => {
    const closed = await consoleWorld({
      // A window of one minute, twelve hours from now: closed whenever this runs.
      playbook: (written) => ({ ...written, window: { ...always, days: [...always.days], ...minuteIn12h() } }),
    })
    const id = await closed.release()
    const codes = async () => {
      const answer = await startDeploy(closed.ctx("devops"), id, undefined)
      const blockers = answer.ok ? [] : (answer.refusal.detail?.blockers as { code: string }[])
      return blockers.map((blocker) => blocker.code)
    }
    expect(await codes()).toContain("window_closed")
    const reason = { reason: "The fix cannot wait for tomorrow." }
    const asked = await requestOverride(closed.ctx("devops"), id, reason)
    if (!asked.ok) throw new Error(asked.refusal.message)
    const body = { overrideId: asked.value.result?.overrideId }
    expect(await approveOverride(closed.ctx("devops"), id, body)).toMatchObject({ ok: false })
    expect(await codes()).toContain("window_closed")
    expect(await approveOverride(closed.ctx("tech_lead"), id, body)).toMatchObject({ ok: true })
    expect(await codes()).not.toContain("window_closed")
  })
})

function minuteIn12h(): { start: string; end: string } {
  const at = (ms: number) => new Date(ms).toISOString().slice(11, 16)
  const later = Date.now() + 12 * 3_600_000
  return { start: at(later), end: at(later + 60_000) }
}

import { randomUUID } from "node:crypto"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { endpoints } from "@/lib/contracts/api/endpoints"
import type { Scope } from "@/lib/domain/access/policy"
import type { ReleaseState } from "@/lib/domain/release/state"
import { verifyChain } from "@/lib/server/audit/verify-timeline"
import { patchItem } from "@/lib/server/checklist/patch-item"
import { databasePool, prisma } from "@/lib/server/db"
import { closeRelease } from "@/lib/server/releases/close-release"
import { readReleaseState } from "@/lib/server/runs/read-release-state"
import { signRelease } from "@/lib/server/signoff/sign-release"
import { closeConsole } from "@/lib/testing/world/close-console"
import { type ConsoleWorld, consoleWorld, worldPassword } from "@/lib/testing/world/console-world"
import { ask, bearer } from "./call-route.fixture"
import { DELETE as removeEvidence } from "./releases/[id]/checklist/[itemKey]/evidence/[evidenceId]/route"
import { POST as addEvidence } from "./releases/[id]/checklist/[itemKey]/evidence/route"
import { GET as readEvidence } from "./releases/[id]/evidence/[evidenceId]/route"

const HERE = fileURLToPath(new URL(".", import.meta.url))

let world: ConsoleWorld
let itemKey: string
let everything: string
let ci: string
let id: string
beforeAll(async () => {
  world = await consoleWorld()
  // By hand and with an age: nothing but what is brought proves it.
  itemKey =
    world.playbook.checklist.groups.flatMap(({ items }) => items).find((item) => !item.check && item.maxAge)?.key ?? ""
  everything = await bearer(world.ctx("tech_lead").person?.id, ["read", "evidence:write", "checklist:write"])
  ci = await bearer(world.ctx("devops").person?.id, ["evidence:write"])
})
afterAll(closeConsole)
beforeEach(async () => {
  id = await world.release()
})

const add = (body: unknown, more: Partial<Parameters<typeof ask>[1]> = {}) =>
  ask(addEvidence, { authorization: everything, params: { id, itemKey }, method: "POST", body, ...more })
const itemOf = (state: ReleaseState) => state.items[itemKey]
const item = async () => itemOf(await readReleaseState(id))
const kept = () => prisma.evidence.count({ where: { releaseId: id } })
async function added(body: unknown, more: Partial<Parameters<typeof ask>[1]> = {}) {
  const response = await add(body, more)
  const answer = await response.json()
  expect(response.status, JSON.stringify(answer)).toBe(201)
  return answer as { release: ReleaseState; result: { evidenceId: string; decided: boolean } }
}

describe("evidence that is brought", () => {
  test("decides the item with an outcome, and says so", async () => {
    const facts = [{ label: "Tests", value: "412" }]
    const body = {
      outcome: "passed",
      summary: "All tests passed",
      facts,
      source: "GitHub Actions",
      text: "ok",
      link: "https://ci.example/1",
    }
    const { release, result } = await added(body, { authorization: ci })
    expect(result).toEqual({ evidenceId: itemOf(release)?.evidence?.id, decided: true })
    expect(itemOf(release)).toMatchObject({
      state: "passed",
      evidence: { kind: "result", summary: "All tests passed" },
    })
    const read = await ask(readEvidence, { authorization: everything, params: { id, evidenceId: result.evidenceId } })
    expect(await read.json()).toMatchObject({
      intact: true,
      subject: itemKey,
      kind: "result",
      blocks: [
        {
          type: "facts",
          facts: [
            { label: "Source", value: "GitHub Actions" },
            { label: "Tests", value: "412" },
          ],
        },
        { type: "text", text: "ok" },
        { type: "link", url: "https://ci.example/1" },
      ],
    })
    const event = await prisma.event.findFirstOrThrow({ where: { releaseId: id, type: "checklist.item_passed" } })
    expect(event.actor).toMatchObject({ type: "person", tokenId: expect.any(String) })
    expect(await verifyChain(id)).toMatchObject({ ok: true })
  })

  test("is kept beside the proof without one", async () => {
    const { release, result } = await added({ summary: "The dashboard", link: "https://grafana.example/d/1" })
    expect(result.decided).toBe(false)
    expect(itemOf(release)).toMatchObject({ state: "open", revision: 0, attachments: [{ id: result.evidenceId }] })
  })

  test.each([
    ["link", { summary: "s", link: "https://a.example" }, "browser"],
    ["text", { summary: "s", link: "https://a.example", text: "words" }, "browser"],
    ["text", { summary: "s" }, "browser"],
    ["result", { summary: "s", source: "Jenkins" }, "browser"],
    ["result", { summary: "s" }, "token"],
  ])("is of kind %s: %j from a %s", async (kind, body, by) => {
    const { addEvidence: verb } = await import("@/lib/server/evidence/add-evidence")
    const ctx = by === "token" ? world.tokenCtx("devops", ["evidence:write"]) : world.ctx("devops")
    const answer = await verb(ctx, id, itemKey, body)
    expect(answer.ok && itemOf(answer.value.release)?.attachments[0]?.kind).toBe(kind)
  })

  test("ages from when it was found out, in whatever zone that was said", async () => {
    const found = new Date(Date.now() - 3_600_000)
    const at = found.toISOString().replace("Z", "+00:00")
    const { release } = await added({ outcome: "passed", summary: "An hour ago", at })
    const proof = itemOf(release)
    expect(proof?.evidence?.at).toBe(found.toISOString())
    expect(Date.parse(proof?.validUntil ?? "") - (proof?.maxAgeMs ?? 0)).toBe(found.getTime())
  })

  test.each([
    [{ summary: "s", at: "1969-12-31T23:59:59Z" }, "at"],
    [{ summary: "s", at: "9999-12-31T23:59:59Z" }, "at"],
    [{ summary: "s", at: "2150-01-01T00:00:00Z" }, "at"],
    [{ summary: "s", at: "yesterday" }, "at"],
    [{ summary: "s", at: -1 }, "at"],
    [{ summary: "s", at: "2026-02-30T00:00:00Z" }, "at"],
    [{ summary: "" }, "summary"],
    [{ summary: "   " }, "summary"],
    [{}, "summary"],
    [{ summary: "nul\u0000" }, "summary"],
    [{ summary: "half \ud800" }, "summary"],
    [{ summary: "shot\u202egnp" }, "summary"],
    [{ summary: "s", text: "\u2066x" }, "text"],
    [{ summary: "s", text: "x".repeat(100_001) }, "text"],
    [{ summary: "s", link: "javascript:alert(1)" }, "link"],
    [{ summary: "s", link: "data:text/html,x" }, "link"],
    [{ summary: "s", outcome: "waived" }, "outcome"],
    [{ summary: "s", facts: [{ label: "a", value: "b", verdict: "good" }] }, "facts.0.verdict"],
    [{ summary: "s", facts: [{ label: "", value: "b" }] }, "facts.0.label"],
    [{ summary: "s", facts: Array.from({ length: 51 }, () => ({ label: "a", value: "b" })) }, "facts"],
    [{ summary: "s", source: "a\u202eb" }, "source"],
    [{ summary: "s", revision: -1 }, "revision"],
    [{ summary: "s", revision: 1e308 }, "revision"],
    [{ summary: "s", kind: "check" }, "kind"],
    ["a text", ""],
    [[], ""],
  ])("%j is refused by its field and leaves nothing", async (body, field) => {
    const response = await add(typeof body === "string" ? JSON.stringify(body) : body, {
      headers: { "content-type": "application/json" },
    })
    expect(response.status).toBe(422)
    expect((await response.json()).errors[0].field).toBe(field)
    expect(await kept()).toBe(0)
  })

  test.each([
    ["no JSON", "{", 400],
    ["NUL for JSON", "\u0000", 400],
    ["depth", `{"summary":${"[".repeat(60)}${"]".repeat(60)}}`, 400],
    ["a prototype", '{"summary":"s","__proto__":{"outcome":"passed"}}', 400],
    ["50 MB", JSON.stringify({ summary: "s", text: "x".repeat(50_000_000) }), 413],
    ["bytes that are no UTF-8", Uint8Array.of(0x22, 0xff, 0xfe, 0x22), 400],
  ])("a body with %s is refused", async (_, body, status) => {
    const response = await add(body, { headers: { "content-type": "application/json" } })
    expect(response.status).toBe(status)
    expect(await kept()).toBe(0)
  })

  test("for an item or a release that is not there is not found", async () => {
    for (const params of [
      { id, itemKey: "no-such-item" },
      { id, itemKey: "__proto__" },
      { id, itemKey: "constructor" },
      { id: randomUUID(), itemKey },
      { id: "' OR 1=1 --", itemKey },
    ]) {
      expect((await add({ summary: "s" }, { params })).status, JSON.stringify(params)).toBe(404)
    }
    expect(await kept()).toBe(0)
  })

  test("that rests on an old view is refused with the item as it is", async () => {
    await added({ outcome: "failed", summary: "No" })
    const stale = await add({ outcome: "passed", summary: "Yes", revision: 0 })
    expect(stale.status).toBe(409)
    expect(await stale.json()).toMatchObject({ code: "stale", current: { key: itemKey, state: "failed", revision: 1 } })
    expect(await kept()).toBe(1)
  })

  test("decides nothing once the item is waived", async () => {
    const waivable = Object.values((await readReleaseState(id)).items).find((one) => one.waivable)?.key ?? ""
    const waived = await patchItem(world.ctx("tech_lead"), id, waivable, {
      revision: 0,
      state: "waived",
      note: "Not now",
    })
    expect(waived).toMatchObject({ ok: true })
    const { release, result } = await added({ outcome: "passed", summary: "s" }, { params: { id, itemKey: waivable } })
    expect(result.decided).toBe(false)
    expect(release.items[waivable]).toMatchObject({ state: "waived", note: "Not now", attachments: [{ summary: "s" }] })
  })

  test("is at most fifty pieces beside a proof, and may still decide", async () => {
    for (let n = 0; n < 50; n++) await added({ summary: `Piece ${n}` })
    const more = await add({ summary: "One too many" })
    expect(more.status).toBe(409)
    expect(await kept()).toBe(50)
    expect((await added({ summary: "Proof", outcome: "passed" })).result.decided).toBe(true)
    const first = (await item())?.attachments[0]?.id ?? ""
    const gone = await ask(removeEvidence, {
      authorization: everything,
      params: { id, itemKey, evidenceId: first },
      method: "DELETE",
    })
    expect(gone.status).toBe(200)
    await added({ summary: "Room again" })
  })

  test("comes to nothing for a closed release", async () => {
    await databasePool().query(
      `UPDATE "Release" SET state = jsonb_set(state, '{status}', '"rolled_back"') WHERE id = $1`,
      [id],
    )
    expect(await closeRelease(world.ctx("tech_lead"), id, {})).toMatchObject({ ok: true })
    expect((await add({ summary: "s" })).status).toBe(409)
    expect(await kept()).toBe(0)
  })

  test("with a key has one effect", async () => {
    const headers = { "idempotency-key": randomUUID() }
    const answers = await Promise.all(Array.from({ length: 5 }, () => add({ summary: "s" }, { headers })))
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true)
    const again = await add({ summary: "s" }, { headers })
    expect(again.status).toBe(201)
    expect((await add({ summary: "other" }, { headers })).status).toBe(409)
    expect(await kept()).toBe(1)
  })
})

describe("a signature", { timeout: 60_000 }, () => {
  const result = {
    outcome: "passed",
    summary: "412 tests in 3 m 1 s",
    text: "took 181 s",
    link: "https://ci.example/runs/1",
    source: "CI",
  }
  const facts = [
    { label: "Tests", value: "412" },
    { label: "Duration", value: "181 s" },
  ]
  async function signed(): Promise<void> {
    const state = await readReleaseState(id)
    for (const one of Object.values(state.items)) {
      if (one.key === itemKey) await added({ ...result, facts })
      else
        await patchItem(world.ctx("tech_lead"), id, one.key, { revision: one.revision, state: "passed", note: "Seen" })
    }
    const items = state.signoffs.security?.items.map(({ key }) => key)
    expect(await signRelease(world.ctx("security"), id, "security", { password: worldPassword, items })).toMatchObject({
      ok: true,
    })
  }
  const status = async () => (await readReleaseState(id)).signoffs.security?.status

  test("holds when the same result comes from another run, and falls when what was found is different", async () => {
    await signed()
    const again = [
      { label: "Tests", value: "412" },
      { label: "Duration", value: "190 s" },
    ]
    await added({
      ...result,
      facts: again,
      summary: "412 tests in 3 m 10 s",
      text: "took 190 s",
      link: "https://ci.example/runs/2",
    })
    expect(await status()).toBe("signed")
    await added({ ...result, facts: [{ label: "Tests", value: "411" }] })
    expect(await status()).toBe("void")
  })

  test("falls when the outcome is another", async () => {
    await signed()
    await added({ ...result, facts, outcome: "failed" })
    expect(await status()).toBe("void")
    const { signoffs } = await readReleaseState(id)
    expect(signoffs.security?.reason).toContain("from passed to failed")
  })

  test("falls when something is brought beside the proof, and when it is taken away", async () => {
    await signed()
    const { result: beside } = await added({ summary: "Look at this as well" })
    expect(await status()).toBe("void")
    const items = (await readReleaseState(id)).signoffs.security?.items.map(({ key }) => key)
    await signRelease(world.ctx("security"), id, "security", { password: worldPassword, items })
    expect(await status()).toBe("signed")
    const params = { id, itemKey, evidenceId: beside.evidenceId }
    await ask(removeEvidence, { authorization: everything, params, method: "DELETE", body: { reason: "Mistaken" } })
    expect(await status()).toBe("void")
  })
})

describe("evidence that is taken away", () => {
  const remove = (evidenceId: string, more: Partial<Parameters<typeof ask>[1]> = {}) =>
    ask(removeEvidence, { authorization: everything, params: { id, itemKey, evidenceId }, method: "DELETE", ...more })

  test("is gone from the item, stays readable, and is gone once", async () => {
    const { result } = await added({ summary: "s" })
    expect((await remove(result.evidenceId, { body: { reason: "Another release's" } })).status).toBe(200)
    expect((await item())?.attachments).toEqual([])
    expect(await (await remove(result.evidenceId)).json()).toMatchObject({ events: [] })
    const read = await ask(readEvidence, { authorization: everything, params: { id, evidenceId: result.evidenceId } })
    expect(read.status).toBe(200)
    expect(await verifyChain(id)).toMatchObject({ ok: true })
  })

  test("is no proof, nothing of another item or release, and nothing that never was", async () => {
    const { result: proof } = await added({ summary: "s", outcome: "passed" })
    expect((await remove(proof.evidenceId)).status).toBe(409)
    const { result } = await added({ summary: "s" })
    const elsewhere = { id: await world.release(), itemKey, evidenceId: result.evidenceId }
    expect((await remove("", { params: elsewhere })).status).toBe(404)
    const otherItem = Object.keys((await readReleaseState(id)).items).find((key) => key !== itemKey) ?? ""
    expect((await remove("", { params: { id, itemKey: otherItem, evidenceId: result.evidenceId } })).status).toBe(404)
    expect((await remove(randomUUID())).status).toBe(404)
    expect((await remove("' OR 1=1 --")).status).toBe(404)
    expect((await item())?.attachments).toHaveLength(1)
  })
})

test("evidence of which a row was altered is found out", async () => {
  const { result } = await added({ summary: "s", text: "true" })
  const alter = (state: string) => databasePool().query(`ALTER TABLE "Evidence" ${state} TRIGGER USER`)
  await alter("DISABLE")
  await databasePool().query(`UPDATE "Evidence" SET blocks = '[{"type":"text","text":"false"}]' WHERE id = $1`, [
    result.evidenceId,
  ])
  await alter("ENABLE")
  expect(await verifyChain(id)).toMatchObject({ ok: false, faults: [{ kind: "evidence" }] })
})

describe("a token", () => {
  test("that may only bring evidence may do nothing else, and what it tried is on record", async () => {
    const userId = world.ctx("admin").person?.id ?? ""
    const authorization = await bearer(userId, ["evidence:write"])
    expect((await add({ summary: "s" }, { authorization })).status).toBe(201)
    const others = endpoints.filter(({ action }) => action !== null && action !== "evidence.add")
    expect(others.length).toBeGreaterThan(30)
    for (const endpoint of others) {
      const module = await import(join(HERE, endpoint.path.replaceAll("{", "[").replaceAll("}", "]"), "route.ts"))
      const known: Record<string, string> = {
        id,
        itemKey,
        role: "tech_lead",
        service: world.service.key,
        environment: world.environment.key,
      }
      const names = [...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name)
      const params = Object.fromEntries(names.map((name) => [name, known[name] ?? randomUUID()]))
      const before = await prisma.securityEvent.count({ where: { userId, type: "access.refused" } })
      const method = endpoint.method.toUpperCase()
      const body = method === "GET" ? undefined : {}
      const response = await ask(module[method], { authorization, params, method, body })
      expect(response.status, `${method} ${endpoint.path}`).toBe(403)
      const after = await prisma.securityEvent.count({ where: { userId, type: "access.refused" } })
      expect(after, `${method} ${endpoint.path}`).toBe(before + 1)
    }
  })

  test.each<Scope[][]>([[["read"]], [["checklist:write", "release:write", "deploy", "read"]]])(
    "with %j cannot bring evidence",
    async (scopes) => {
      const authorization = await bearer(world.ctx("admin").person?.id, scopes)
      expect((await add({ summary: "s" }, { authorization })).status).toBe(403)
      expect(await kept()).toBe(0)
    },
  )
})

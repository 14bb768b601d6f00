import { randomUUID } from "node:crypto"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { SignoffRole } from "@/lib/domain/access/roles"
import type { Context } from "@/lib/server/access/context"
import { databaseNow } from "@/lib/server/clock"
import { prisma } from "@/lib/server/db"
import { loadPerson } from "@/lib/server/people/load-person"
import { createRelease } from "@/lib/server/releases/create-release"
import { readReleaseState } from "@/lib/server/runs/read-release-state"
import { closeConsole } from "@/lib/testing/world/close-console"
import { type ConsoleWorld, consoleWorld, type PersonKey, worldPassword } from "@/lib/testing/world/console-world"
import { expectDone } from "@/lib/testing/world/releases"
import { endDelegation } from "./end-delegation"
import { listDelegations } from "./list-delegations"
import { nameStandIn } from "./name-stand-in"
import { signRelease } from "./sign-release"
import { withdrawSignature } from "./withdraw-signature"

let world: ConsoleWorld
beforeAll(async () => {
  world = await consoleWorld({
    playbook: (playbook) => ({
      ...playbook,
      signoffs: { ...playbook.signoffs, policy: { ...playbook.signoffs.policy, authorMaySign: false } },
    }),
  })
})
afterAll(closeConsole)

const DAY_MS = 86_400_000
const idOf = (key: PersonKey) => world.ctx(key).person?.id ?? ""

/** As the next request of this person finds them. */
async function fresh(key: PersonKey): Promise<Context> {
  return { ...world.ctx(key), person: await loadPerson(idOf(key)) }
}

async function wish(role: SignoffRole, to: PersonKey, more: Record<string, unknown> = {}) {
  const until = new Date((await databaseNow()).getTime() + DAY_MS).toISOString()
  return { service: world.service.key, role, to: idOf(to), until, ...more }
}

async function sign(releaseId: string, role: SignoffRole, as: PersonKey, more: Record<string, unknown> = {}) {
  const { signoffs } = await readReleaseState(releaseId)
  const items = signoffs[role]?.items.map(({ key }) => key) ?? []
  return signRelease(await fresh(as), releaseId, role, { password: worldPassword, items, ...more })
}

/** Gives a delegation, lets something happen, and ends it. */
async function whileDelegated(role: SignoffRole, to: PersonKey, act: (delegationId: string) => Promise<void>) {
  const { delegation } = expectDone(await nameStandIn(await fresh(role), await wish(role, to)))
  try {
    await act(delegation.id)
  } finally {
    await endDelegation(await fresh(role), delegation.id, undefined)
  }
}

describe("naming a stand-in", () => {
  test.each<[string, PersonKey, SignoffRole, PersonKey, Record<string, unknown>, object]>([
    ["oneself", "security", "security", "security", {}, { code: "invalid", field: "to" }],
    ["for a role not held", "devops", "security", "ops", {}, { code: "forbidden", field: "role" }],
    ["as an admin", "admin", "security", "ops", {}, { code: "forbidden" }],
    ["who holds the role", "tech_lead", "tech_lead", "lead2", {}, { code: "invalid", field: "to" }],
    [
      "until a date that has passed",
      "security",
      "security",
      "ops",
      { until: "2020-01-01T00:00:00Z" },
      { field: "until" },
    ],
    ["for years", "security", "security", "ops", { until: "2199-01-01T00:00:00Z" }, { field: "until" }],
    ["who is not there", "security", "security", "ops", { to: randomUUID() }, { code: "invalid", field: "to" }],
    ["of a service that is not there", "security", "security", "ops", { service: "nowhere" }, { code: "not_found" }],
  ])("%s is refused", async (_, as, role, to, more, expected) => {
    expect(await nameStandIn(await fresh(as), await wish(role, to, more))).toMatchObject({
      ok: false,
      refusal: expected,
    })
  })

  test("twice for one role is refused, and the list says who it is", async () => {
    await whileDelegated("security", "ops", async (id) => {
      const again = await nameStandIn(await fresh("security"), await wish("security", "viewer"))
      expect(again).toMatchObject({ ok: false, refusal: { code: "conflict", detail: { delegation: { id } } } })
      for (const key of ["security", "ops"] as const) {
        const { delegations } = expectDone(await listDelegations(await fresh(key)))
        expect(delegations[0]).toMatchObject({
          id,
          active: true,
          from: { id: idOf("security") },
          to: { id: idOf("ops") },
        })
      }
      expect(expectDone(await listDelegations(await fresh("product"))).delegations).toEqual([])
    })
  })

  test("is not for tokens, and not to be passed on", async () => {
    const token = world.tokenCtx("security", ["read", "release:write", "deploy"])
    expect(await nameStandIn(token, await wish("security", "ops"))).toMatchObject({ refusal: { code: "forbidden" } })
    await whileDelegated("security", "ops", async () => {
      const passedOn = await nameStandIn(await fresh("ops"), await wish("security", "viewer"))
      expect(passedOn).toMatchObject({ ok: false, refusal: { code: "forbidden" } })
    })
  })

  test("is ended by who gave it or got it, by nobody else", async () => {
    const { delegation } = expectDone(await nameStandIn(await fresh("security"), await wish("security", "ops")))
    const end = async (key: PersonKey) => endDelegation(await fresh(key), delegation.id, undefined)
    expect(await end("viewer")).toMatchObject({ refusal: { code: "forbidden" } })
    expect(await end("product")).toMatchObject({ refusal: { code: "not_found" } })
    expect(expectDone(await end("ops")).delegation).toMatchObject({ active: false })
    const once = expectDone(await end("security")).delegation.endedAt
    expect(expectDone(await end("security")).delegation.endedAt).toBe(once)
  })
})

describe("a stand-in", () => {
  test("signs for the role with both names, and can take it back", async () => {
    const id = await world.release()
    await whileDelegated("security", "ops", async () => {
      const { release, events } = expectDone(await sign(id, "security", "ops"))
      const [signature] = release.signoffs.security?.signatures ?? []
      expect(signature).toMatchObject({ signer: { id: idOf("ops") }, onBehalfOf: { id: idOf("security") } })
      expect(signature?.meaning).toContain("Person ops (on behalf of Person security)")
      expect(events[0]).toMatchObject({ data: { onBehalfOf: { id: idOf("security") } }, actor: { role: "security" } })
      const row = await prisma.evidence.findUniqueOrThrow({ where: { id: signature?.evidenceId } })
      expect(JSON.stringify(row.blocks)).toContain(`on behalf of Person security`)
      const back = await withdrawSignature(await fresh("ops"), id, "security", { reason: "too soon" })
      expect(expectDone(back).release.signoffs.security).toMatchObject({ status: "withdrawn", signatures: [] })
    })
  })

  test("stands for one role only, and so does whom they stand in for", async () => {
    const id = await world.release()
    await whileDelegated("security", "devops", async () => {
      expectDone(await sign(id, "security", "devops"))
      expect(await sign(id, "devops", "devops")).toMatchObject({ refusal: { code: "forbidden" } })
    })
  })

  test("is not a way around the author's ban, in either direction", async () => {
    const byLead = await world.release()
    await whileDelegated("tech_lead", "ops", async () => {
      const refusal = { code: "forbidden", message: "Nobody may sign for the person who created the release." }
      expect(await sign(byLead, "tech_lead", "ops")).toMatchObject({ refusal })
    })
    await whileDelegated("security", "tech_lead", async () => {
      const refusal = { code: "forbidden", message: "The person who created the release may not sign it." }
      expect(await sign(byLead, "security", "tech_lead")).toMatchObject({ refusal })
    })
  })

  test("may nothing else that the role may, and nothing of another service", async () => {
    const other = await consoleWorld()
    await whileDelegated("security", "viewer", async () => {
      const elsewhere = await createRelease(other.ctx("tech_lead"), {
        service: other.service.key,
        environment: "production",
        version: "1.1.0",
        ref: "v1.1.0",
      })
      const refusal = { code: "forbidden" }
      expect(await sign(expectDone(elsewhere).release.id, "security", "viewer")).toMatchObject({ refusal })
      const body = { service: world.service.key, environment: "production", version: "1.1.0", ref: "v1.1.0" }
      expect(await createRelease(await fresh("viewer"), body)).toMatchObject({ refusal })
    })
  })

  test("signs for whom they name; for a person who did not name them they do not", async () => {
    const id = await world.release()
    await whileDelegated("security", "ops", async () => {
      const wrong = await sign(id, "security", "ops", { onBehalfOf: idOf("product") })
      expect(wrong).toMatchObject({ refusal: { code: "forbidden" } })
      expectDone(await sign(id, "security", "ops", { onBehalfOf: idOf("security") }))
    })
  })

  test.each<[string, (delegationId: string) => Promise<unknown>, () => Promise<unknown>]>([
    [
      "the date has come, by the database's clock",
      async (id) => prisma.delegation.update({ where: { id }, data: { until: await databaseNow() } }),
      async () => undefined,
    ],
    [
      "the holder lost the role",
      () => prisma.roleGrant.updateMany({ where: { userId: idOf("security") }, data: { role: "viewer" } }),
      () => prisma.roleGrant.updateMany({ where: { userId: idOf("security") }, data: { role: "security" } }),
    ],
    [
      "the holder was disabled",
      () => prisma.user.update({ where: { id: idOf("security") }, data: { disabledAt: new Date() } }),
      () => prisma.user.update({ where: { id: idOf("security") }, data: { disabledAt: null } }),
    ],
    ["it was ended", async (id) => endDelegation(await fresh("security"), id, undefined), async () => undefined],
  ])("no longer signs once %s", async (_, happen, undo) => {
    const id = await world.release()
    await whileDelegated("security", "ops", async (delegationId) => {
      // The page was opened, and the session read, before it happened: the decision is made anew under the release's lock.
      const before = await fresh("ops")
      await happen(delegationId)
      const { signoffs } = await readReleaseState(id)
      const items = signoffs.security?.items.map(({ key }) => key) ?? []
      const body = { password: worldPassword, items }
      expect(await signRelease(before, id, "security", body)).toMatchObject({ refusal: { code: "forbidden" } })
      expect(await signRelease(await fresh("ops"), id, "security", body)).toMatchObject({
        refusal: { code: "forbidden" },
      })
      await undo()
    })
  })
})

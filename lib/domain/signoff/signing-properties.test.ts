import fc from "fast-check"
import { expect, it } from "vitest"
import type { SignoffRole } from "@/lib/domain/access/roles"
import type { Decision } from "@/lib/domain/release/decision"
import { createdData, person, Timeline } from "@/lib/domain/release/release.fixture"
import { decideDecline, decideReopen, decideSign, decideWithdraw } from "./decide-signoff"
import { expiryOf, peopleBehind, signoffStatus, standingSignatures } from "./signoff-status"
import { rolesBefore } from "./turn"
import { withVoidedSignatures } from "./void-signatures"

const people = ["tess", "tom", "tina", "sara", "xena"] as const
const roles = ["tech_lead", "security"] as const satisfies readonly SignoffRole[]

const personArb = fc.constantFrom(...people)
const roleArb = fc.constantFrom(...roles)
const commandArb = fc.oneof(
  fc.record({ do: fc.constant("sign" as const), id: personArb, role: roleArb, for: fc.option(personArb) }),
  fc.record({ do: fc.constant("decline" as const), id: personArb, role: roleArb }),
  fc.record({ do: fc.constant("reopen" as const), id: personArb, role: roleArb }),
  fc.record({ do: fc.constant("withdraw" as const), id: personArb, role: roleArb }),
  fc.record({ do: fc.constant("change" as const), note: fc.constantFrom("a", "b") }),
  fc.record({ do: fc.constant("wait" as const), ms: fc.integer({ min: 1, max: 90_000 }) }),
)
type Command = typeof commandArb extends fc.Arbitrary<infer T> ? T : never

const policyArb = fc.record({
  distinctPeople: fc.boolean(),
  authorMaySign: fc.boolean(),
  starterMaySign: fc.boolean(),
  order: fc.constantFrom("parallel" as const, "sequence" as const),
  expireMs: fc.option(fc.constant(60_000)),
})

function decide(timeline: Timeline, command: Command): Decision {
  const { state, nowMs } = timeline
  if (command.do === "change") {
    const data = { itemKey: "manual", reason: command.note }
    return { ok: true, events: [{ type: "checklist.item_waived", actor: person("dora", "devops"), data }] }
  }
  if (command.do === "wait") {
    timeline.wait(command.ms)
    return { ok: true, events: [] }
  }
  const { id, role } = command
  const mine = { role, roles: [role], standIns: [], reason: "because", nowMs }
  if (command.do === "decline") return decideDecline(state, mine, person(id))
  if (command.do === "reopen") return decideReopen(state, mine, person(id))
  if (command.do === "withdraw") return decideWithdraw(state, mine, person(id))
  const holder = command.for
  const standIns = holder === null ? [] : [{ role, serviceId: "s", for: { id: holder, name: holder }, until: "2030" }]
  const expiresAt = expiryOf(state, timeline.now)
  const signatureId = `${id}-${timeline.events.length}`
  const sealed = { meaning: "I", manifestHash: "h", seal: "s", sealKeyId: "k", evidenceId: "e" }
  const signature = { method: "password" as const, signatureId, ...sealed, ...(expiresAt ? { expiresAt } : {}) }
  const held = holder === null ? [role] : []
  const wish = { role, items: ["one", "two"], roles: held, standIns, changedSince: null, nowMs, signature }
  return decideSign(state, wish, person(id, role))
}

it("whatever people do, in whatever order: what stands is what the policy allows", () => {
  const quorums = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }))
  const commands = fc.array(commandArb, { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(policyArb, quorums, commands, (policy, quorum, steps) => {
      const { signoffs } = createdData()
      const timeline = new Timeline({
        policy,
        signoffs: signoffs.map((signoff, at) => ({ ...signoff, quorum: quorum[at] ?? 1 })),
      })
      for (const step of steps) {
        const before = timeline.state
        const decision = decide(timeline, step)
        if (!decision.ok || decision.events.length === 0) continue
        if (step.do === "sign") expect(rolesBefore(before, step.role, timeline.nowMs)).toEqual([])
        timeline.append(withVoidedSignatures(before, decision.events, person("dora", "devops")))
        const { state, nowMs } = timeline
        const standing = roles.map((role) => {
          const signoff = state.signoffs[role]
          if (!signoff) throw new Error("a role is gone")
          const signatures = standingSignatures(signoff, nowMs)
          const behind = signatures.flatMap((one) => [...new Set(peopleBehind(one))])
          expect(new Set(behind).size).toBe(behind.length)
          expect(signatures.length).toBeLessThanOrEqual(signoff.quorum)
          if (signoffStatus(signoff, nowMs) === "signed") expect(signatures).toHaveLength(signoff.quorum)
          return behind
        })
        const [lead = [], security = []] = standing
        if (policy.distinctPeople) expect(lead.filter((id) => security.includes(id))).toEqual([])
        if (!policy.authorMaySign) expect([...lead, ...security]).not.toContain("tess")
        const changed = step.do === "change" && state.items.manual?.note !== before.items.manual?.note
        if (changed) expect([...lead, ...security]).toEqual([])
      }
      expect(timeline.refold()).toEqual(timeline.state)
    }),
    { numRuns: 300 },
  )
})

import { describe, expect, it } from "vitest"
import type { SignoffRole } from "@/lib/domain/access/roles"
import { gate } from "@/lib/domain/gate/gate"
import {
  createdData,
  environment,
  person,
  refusalOf,
  Timeline,
  typesOf,
  worker,
} from "@/lib/domain/release/release.fixture"
import { hasSigned } from "@/lib/domain/run/decide-deploy"
import { queueRun } from "@/lib/domain/run/queue-run"
import { decideReminder, REMIND_EVERY_MS } from "./decide-reminder"
import { decideDecline, decideReopen, decideSign, decideWithdraw } from "./decide-signoff"
import type { WishToSign } from "./refusal-to-sign"
import { expiryOf, signoffStatus } from "./signoff-status"
import type { StandIn } from "./stand-in"

type Policy = ReturnType<typeof createdData>["policy"]
const strict: Policy = { distinctPeople: true, authorMaySign: false, starterMaySign: false }
const DAY_MS = 86_400_000

/** Two roles, tech_lead before security, with this policy and quorums. */
function release(
  policy: { [K in keyof Policy]?: Exclude<Policy[K], undefined> } = {},
  quorum: Partial<Record<SignoffRole, number>> = {},
) {
  const { signoffs } = createdData()
  return new Timeline({
    policy: { ...strict, ...policy },
    signoffs: signoffs.map((signoff) => ({ ...signoff, quorum: quorum[signoff.role] ?? 1 })),
  })
}

function sign(timeline: Timeline, id: string, role: SignoffRole, more: Partial<WishToSign> = {}) {
  const wish: WishToSign = {
    role,
    items: ["one", "two"],
    roles: [role],
    standIns: [],
    changedSince: null,
    nowMs: timeline.nowMs,
    ...more,
  }
  const expiresAt = expiryOf(timeline.state, timeline.now)
  const signature = {
    method: "passkey" as const,
    signatureId: `${id}-${role}-${timeline.events.length}`,
    meaning: "I",
    manifestHash: "h",
    seal: "s",
    sealKeyId: "k",
    evidenceId: "e",
    ...(expiresAt ? { expiresAt } : {}),
  }
  return decideSign(timeline.state, { ...wish, signature }, person(id, role))
}

const standIn = (holder: string, role: SignoffRole): StandIn => ({
  role,
  serviceId: "s",
  for: { id: holder, name: holder },
  until: "2026-12-01T00:00:00.000Z",
})
const instead = (holder: string, role: SignoffRole) => ({ roles: [], standIns: [standIn(holder, role)] })
const back = (timeline: Timeline, role: SignoffRole, more: object = {}) => {
  return { role, reason: "because", roles: [role], nowMs: timeline.nowMs, ...more }
}
const stopped = (role: SignoffRole, nowMs: number) => ({ role, reason: "no", roles: [role], standIns: [], nowMs })
const statusOf = (timeline: Timeline, role: SignoffRole) => {
  const signoff = timeline.state.signoffs[role]
  return signoff ? signoffStatus(signoff, timeline.nowMs) : null
}

describe("one person stands for one role", () => {
  it.each<[string, string, string, string | null]>([
    ["the same person", "tom", "tom", null],
    ["a person for whom somebody signed", "xena", "tom", "tom"],
    ["a person who signed for somebody", "xena", "xena", "tom"],
  ])("%s", (_, signer, second, holder) => {
    const timeline = release()
    timeline.tell(sign(timeline, signer, "tech_lead", holder ? instead(holder, "tech_lead") : {}))
    const refused = refusalOf(sign(timeline, second, "security"))
    expect(refused).toMatchObject({ code: "forbidden" })
    expect(refused.message).toContain("stand for Tech Lead already")
  })

  it("also through a stand-in of theirs, and of both", () => {
    const timeline = release()
    timeline.tell(sign(timeline, "tom", "tech_lead"))
    expect(refusalOf(sign(timeline, "xena", "security", instead("tom", "security"))).message).toBe(
      "tom stands for Tech Lead already: one person may not sign two roles.",
    )
    timeline.tell(sign(timeline, "xena", "security", instead("sara", "security")))
    expect(timeline.state.signoffs.security?.signatures[0]).toMatchObject({ onBehalfOf: { id: "sara" } })
  })

  it("where the policy lets people, they may", () => {
    const timeline = release({ distinctPeople: false })
    timeline.tell(sign(timeline, "tom", "tech_lead"))
    expect(typesOf(sign(timeline, "tom", "security"))).toEqual(["signoff.signed"])
  })
})

describe("author and starter", () => {
  it.each<[string, string, Partial<WishToSign>]>([
    ["the author", "tess", {}],
    ["the author as a stand-in", "tess", instead("tom", "tech_lead")],
    ["a stand-in of the author", "xena", instead("tess", "tech_lead")],
  ])("%s may not sign", (_, id, more) => {
    const timeline = release()
    expect(refusalOf(sign(timeline, id, "tech_lead", more))).toMatchObject({ code: "forbidden" })
    const lenient = release({ authorMaySign: true })
    expect(typesOf(sign(lenient, id, "tech_lead", more))).toEqual(["signoff.signed"])
  })

  it("who started it may not sign, nor through others, even after it failed", () => {
    const timeline = release()
    timeline.ready()
    timeline.append(queueRun("deploy", { runId: "d", input: {}, steps: [] }, person("oz", "ops")).events)
    const outcome = { runId: "d", status: "failed" as const, outcome: "No." }
    timeline.append([{ type: "run.finished", actor: worker("d"), data: outcome }])
    timeline.tell(decideWithdraw(timeline.state, back(timeline, "tech_lead"), person("tom")))
    for (const more of [{}, instead("tom", "tech_lead")]) {
      expect(refusalOf(sign(timeline, "oz", "tech_lead", more)).message).toContain("started or scheduled")
    }
    expect(refusalOf(sign(timeline, "xena", "tech_lead", instead("oz", "tech_lead"))).code).toBe("forbidden")
    expect(typesOf(sign(timeline, "tina", "tech_lead"))).toEqual(["signoff.signed"])
  })

  it("who scheduled it may not sign", () => {
    const timeline = release()
    const at = { startAt: timeline.now, preflightAt: timeline.now, maintenanceAt: timeline.now }
    timeline.append([{ type: "schedule.set", actor: person("oz", "ops"), data: { scheduleId: "x", ...at } }])
    expect(refusalOf(sign(timeline, "oz", "security")).code).toBe("forbidden")
    timeline.append([{ type: "schedule.cancelled", actor: person("oz"), data: { scheduleId: "x", reason: "no" } }])
    expect(typesOf(sign(timeline, "oz", "security"))).toEqual(["signoff.signed"])
  })

  it("who had a stand-in sign has signed, when it comes to starting", () => {
    const timeline = release()
    timeline.tell(sign(timeline, "xena", "tech_lead", instead("tom", "tech_lead")))
    expect(["xena", "tom", "sara"].map((id) => hasSigned(timeline.state, id))).toEqual([true, true, false])
  })
})

describe("a quorum", () => {
  it("takes that many different people", () => {
    const timeline = release({}, { tech_lead: 3 })
    timeline.tell(sign(timeline, "tom", "tech_lead"))
    expect(refusalOf(sign(timeline, "tom", "tech_lead"))).toMatchObject({
      code: "conflict",
      message: "You have signed as Tech Lead: 2 more people must sign.",
    })
    expect(refusalOf(sign(timeline, "xena", "tech_lead", instead("tom", "tech_lead"))).code).toBe("conflict")
    timeline.tell(sign(timeline, "tina", "tech_lead"))
    expect(statusOf(timeline, "tech_lead")).toBe("pending")
    const blocker = gate(timeline.state, environment(), timeline.nowMs).blockers.find(
      ({ role }) => role === "tech_lead",
    )
    expect(blocker?.message).toBe("Tech Lead: 2 of 3 people have signed.")
    timeline.tell(sign(timeline, "xena", "tech_lead", instead("theo", "tech_lead")))
    expect(statusOf(timeline, "tech_lead")).toBe("signed")
    expect(refusalOf(sign(timeline, "tara", "tech_lead")).message).toBe(
      "Tech Lead has already signed, by Tom and Tina and Xena.",
    )
  })

  it("is short of one that is withdrawn; the others stay", () => {
    const timeline = release({}, { tech_lead: 2 })
    timeline.tell(sign(timeline, "tom", "tech_lead"))
    timeline.tell(sign(timeline, "tina", "tech_lead"))
    const [first, second] = timeline.state.signoffs.tech_lead?.signatures ?? []
    const others = back(timeline, "tech_lead", { signatureId: second?.id })
    expect(refusalOf(decideWithdraw(timeline.state, others, person("tom"))).code).toBe("forbidden")
    timeline.tell(decideWithdraw(timeline.state, back(timeline, "tech_lead"), person("tina")))
    expect(timeline.state.signoffs.tech_lead).toMatchObject({ status: "withdrawn", signatures: [{ id: first?.id }] })
    expect(refusalOf(decideWithdraw(timeline.state, others, person("tom"))).code).toBe("conflict")
    timeline.tell(sign(timeline, "theo", "tech_lead"))
    expect(statusOf(timeline, "tech_lead")).toBe("signed")
    const asAdmin = back(timeline, "tech_lead", { roles: ["admin"] })
    expect(typesOf(decideWithdraw(timeline.state, asAdmin, person("ada")))).toHaveLength(2)
  })

  it("is withdrawn by whoever it was signed for as well", () => {
    const timeline = release()
    timeline.tell(sign(timeline, "xena", "tech_lead", instead("tom", "tech_lead")))
    expect(typesOf(decideWithdraw(timeline.state, back(timeline, "tech_lead"), person("tom")))).toHaveLength(1)
  })

  it("half reached falls void with a change as well", () => {
    const timeline = release({}, { tech_lead: 2 })
    timeline.tell(sign(timeline, "tom", "tech_lead"))
    timeline.append([{ type: "signoff.voided", actor: worker(), data: { role: "tech_lead", cause: "x" } }])
    timeline.tell(sign(timeline, "tina", "tech_lead"))
    expect(timeline.state.signoffs.tech_lead).toMatchObject({
      status: "pending",
      signatures: [{ signer: { id: "tina" } }],
    })
  })
})

describe("in sequence", () => {
  it("a role's turn comes when those before it stand", () => {
    const timeline = release({ order: "sequence" })
    const early = refusalOf(sign(timeline, "sara", "security"))
    expect(early).toMatchObject({ code: "conflict", detail: { before: ["tech_lead"] } })
    expect(early.message).toBe("Security signs after Tech Lead: that signature does not stand yet.")
    timeline.tell(sign(timeline, "tom", "tech_lead"))
    timeline.tell(sign(timeline, "sara", "security"))
    expect(statusOf(timeline, "security")).toBe("signed")
  })

  it("what is signed stays when an earlier one falls away, and the gate names the earlier one", () => {
    const timeline = release({ order: "sequence" })
    timeline.tell(sign(timeline, "tom", "tech_lead"))
    timeline.tell(sign(timeline, "sara", "security"))
    timeline.append([{ type: "signoff.voided", actor: worker(), data: { role: "tech_lead", cause: "x" } }])
    expect([statusOf(timeline, "tech_lead"), statusOf(timeline, "security")]).toEqual(["void", "signed"])
    const { blockers } = gate(timeline.state, environment(), timeline.nowMs)
    expect(blockers.flatMap(({ code, role }) => (code.startsWith("signoff") ? [role] : []))).toEqual(["tech_lead"])
  })

  it("the gate says whose turn comes later", () => {
    const { blockers } = gate(release({ order: "sequence" }).state, environment(), Date.parse("2026-11-23T16:00:00Z"))
    const messages = blockers.flatMap(({ code, message }) => (code.startsWith("signoff") ? [message] : []))
    expect(messages).toEqual(["Tech Lead has not signed.", "Security has not signed. Its turn comes after Tech Lead."])
  })
})

describe("an expiry", () => {
  it("is half-open, can be signed again, and frees the person", () => {
    const timeline = release({ expireMs: DAY_MS })
    timeline.tell(sign(timeline, "tom", "tech_lead"))
    timeline.wait(DAY_MS - 1)
    expect(statusOf(timeline, "tech_lead")).toBe("signed")
    expect(refusalOf(sign(timeline, "tom", "security")).code).toBe("forbidden")
    timeline.wait(1)
    expect(statusOf(timeline, "tech_lead")).toBe("expired")
    expect(refusalOf(decideWithdraw(timeline.state, back(timeline, "tech_lead"), person("tom"))).code).toBe("conflict")
    expect(typesOf(sign(timeline, "tom", "security"))).toEqual(["signoff.signed"])
    timeline.tell(sign(timeline, "tom", "tech_lead"))
    expect(timeline.state.signoffs.tech_lead?.signatures).toHaveLength(1)
  })

  it("in sequence holds those back who come after", () => {
    const timeline = release({ order: "sequence", expireMs: DAY_MS })
    timeline.tell(sign(timeline, "tom", "tech_lead"))
    timeline.wait(DAY_MS)
    expect(refusalOf(sign(timeline, "sara", "security")).detail).toEqual({ before: ["tech_lead"] })
  })
})

describe("a decline", () => {
  it("stops its role and voids nothing else", () => {
    const timeline = release()
    timeline.tell(sign(timeline, "tom", "tech_lead"))
    const events = timeline.tell(decideDecline(timeline.state, stopped("security", timeline.nowMs), person("sara")))
    expect(events).toHaveLength(1)
    expect([statusOf(timeline, "tech_lead"), statusOf(timeline, "security")]).toEqual(["signed", "declined"])
    timeline.tell(decideReopen(timeline.state, back(timeline, "security"), person("sara")))
    expect(typesOf(sign(timeline, "sam", "security"))).toEqual(["signoff.signed"])
  })

  it("by a stand-in names whom it was for, and the stand-in can re-open it", () => {
    const timeline = release()
    const wish = { ...stopped("security", timeline.nowMs), ...instead("sara", "security") }
    timeline.tell(decideDecline(timeline.state, wish, person("xena")))
    expect(timeline.state.signoffs.security).toMatchObject({ by: "Xena for sara", declinedBy: { id: "xena" } })
    expect(
      typesOf(decideReopen(timeline.state, back(timeline, "security", { roles: [] }), person("xena"))),
    ).toHaveLength(1)
  })

  it("is not for who has signed for the role already", () => {
    const timeline = release({}, { tech_lead: 2 })
    timeline.tell(sign(timeline, "tom", "tech_lead"))
    expect(refusalOf(decideDecline(timeline.state, stopped("tech_lead", timeline.nowMs), person("tom"))).code).toBe(
      "conflict",
    )
  })
})

describe("a stand-in", () => {
  const tom = { id: "tom", name: "tom" }
  it.each<[string, Partial<WishToSign>, object]>([
    ["holds no such delegation", { roles: [], standIns: [] }, { message: "You do not hold the role Tech Lead." }],
    ["has one for another role", instead("tom", "security"), { code: "forbidden" }],
    ["names a person who did not", { ...instead("tom", "tech_lead"), onBehalfOfId: "theo" }, { code: "forbidden" }],
    [
      "holds the role",
      { onBehalfOfId: "tom" },
      { message: "You hold the role Tech Lead yourself: sign in your own name." },
    ],
  ])("who %s is refused", (_, more, expected) => {
    expect(refusalOf(sign(release(), "xena", "tech_lead", more))).toMatchObject(expected)
  })

  it("of several people signs for the one that they name", () => {
    const standIns = [standIn("theo", "tech_lead"), standIn("tom", "tech_lead")]
    const timeline = release()
    timeline.tell(sign(timeline, "xena", "tech_lead", { roles: [], standIns, onBehalfOfId: "tom" }))
    expect(timeline.state.signoffs.tech_lead?.signatures).toMatchObject([{ signer: { id: "xena" }, onBehalfOf: tom }])
  })
})

describe("a reminder", () => {
  const holders = {
    tech_lead: [
      { id: "tess", name: "Tess" },
      { id: "tom", name: "Tom" },
    ],
    security: [{ id: "sara", name: "Sara" }],
  }
  const remind = (timeline: Timeline, roles: SignoffRole[] | null = null) =>
    decideReminder(timeline.state, { roles, holders, nowMs: timeline.nowMs }, person("oz", "ops"))

  it("goes to those who could sign", () => {
    const timeline = release()
    expect(remind(timeline)).toMatchObject({
      events: [{ data: { roles: ["tech_lead", "security"], to: [{ id: "tom" }, { id: "sara" }] } }],
    })
    timeline.tell(sign(timeline, "tom", "tech_lead"))
    expect(remind(timeline)).toMatchObject({ events: [{ data: { roles: ["security"], to: [{ id: "sara" }] } }] })
    expect(refusalOf(remind(timeline, ["tech_lead"])).message).toBe("Tech Lead has signed already.")
    expect(refusalOf(remind(timeline, ["product"])).code).toBe("not_found")
  })

  it("waits for the turn, and for a decline to be re-opened", () => {
    const timeline = release({ order: "sequence" })
    expect(remind(timeline)).toMatchObject({ events: [{ data: { roles: ["tech_lead"] } }] })
    expect(refusalOf(remind(timeline, ["security"])).message).toBe("Security signs after Tech Lead.")
    timeline.tell(decideDecline(timeline.state, stopped("tech_lead", timeline.nowMs), person("tom")))
    expect(refusalOf(remind(timeline)).message).toBe("Nobody’s signature is awaited.")
  })

  it("is sent once in ten minutes a role", () => {
    const timeline = release()
    timeline.tell(remind(timeline, ["security"]))
    timeline.wait(REMIND_EVERY_MS - 60_000)
    expect(refusalOf(remind(timeline, ["security"])).message).toBe(
      "Security was reminded 9 min ago by Oz. Again in 1 min.",
    )
    timeline.tell(remind(timeline))
    expect(timeline.events.at(-1)).toMatchObject({ data: { roles: ["tech_lead"] } })
    timeline.wait(60_000)
    expect(typesOf(remind(timeline, ["security"]))).toEqual(["signoff.reminded"])
  })
})

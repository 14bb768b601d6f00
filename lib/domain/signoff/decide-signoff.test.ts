import { describe, expect, it } from "vitest"
import type { Role, SignoffRole } from "@/lib/domain/access/roles"
import { person, refusalOf, START, Timeline, typesOf, worker } from "@/lib/domain/release/release.fixture"
import { coveredContent } from "./covered-content"
import { decideDecline, decideReopen, decideSign, decideWithdraw } from "./decide-signoff"
import { meaningInWords } from "./meaning"
import type { WishToSign } from "./refusal-to-sign"
import { withVoidedSignatures } from "./void-signatures"

const signature = {
  method: "password" as const,
  signatureId: "g",
  meaning: "I",
  manifestHash: "h",
  seal: "s",
  sealKeyId: "k",
  evidenceId: "e",
}

function sign(
  timeline: Timeline,
  id: string,
  role: SignoffRole,
  more: Partial<WishToSign> & { signatureId?: string } = {},
) {
  const { signatureId = "g", ...rest } = more
  const standing = { standIns: [], changedSince: null, nowMs: timeline.nowMs }
  const wish = { role, items: ["two", "one"], roles: [role], ...standing, ...rest }
  return decideSign(timeline.state, { ...wish, signature: { ...signature, signatureId } }, person(id, role))
}
const nowMs = Date.parse(START)
const because = (role: SignoffRole, roles: Role[] = [role]) => ({ role, reason: "because", roles, standIns: [], nowMs })

describe("decideSign", () => {
  it("binds the signer, the role and its points", () => {
    const timeline = new Timeline()
    timeline.tell(sign(timeline, "tom", "tech_lead"))
    expect(timeline.state.signoffs.tech_lead).toMatchObject({
      status: "signed",
      by: "Tom",
      signatures: [{ id: "g", signer: { id: "tom", name: "Tom" }, method: "password", manifestHash: "h", at: START }],
    })
    expect(timeline.events.at(-1)).toMatchObject({ data: { items: ["one", "two"] } })
  })

  it("asks for every point", () => {
    const refusal = refusalOf(sign(new Timeline(), "tom", "tech_lead", { items: ["one"] }))
    expect(refusal).toMatchObject({ code: "invalid", field: "items", detail: { missing: ["two"] } })
    expect(refusal.message).toContain("“Two”")
    expect(refusalOf(sign(new Timeline(), "tom", "tech_lead", { items: ["one", "two", "three"] })).field).toBe("items")
  })

  it.each([
    ["the role is not held", "tom", "tech_lead", { roles: ["security"] as Role[] }, "forbidden"],
    ["an admin does not sign by being one", "ada", "tech_lead", { roles: ["admin"] as Role[] }, "forbidden"],
    ["the author may not", "tess", "tech_lead", {}, "forbidden"],
    ["nobody signs for product here", "pia", "product", {}, "not_found"],
    ["the page is old", "tom", "tech_lead", { changedSince: [] }, "stale"],
  ] as const)("%s", (_, id, role, more, code) => {
    expect(refusalOf(sign(new Timeline(), id, role, more)).code).toBe(code)
  })

  it("lets the author sign where the policy does", () => {
    const timeline = new Timeline({ policy: { distinctPeople: true, authorMaySign: true, starterMaySign: true } })
    expect(typesOf(sign(timeline, "tess", "tech_lead"))).toEqual(["signoff.signed"])
  })

  it("one role is signed once", () => {
    const timeline = new Timeline()
    timeline.tell(sign(timeline, "tom", "tech_lead"))
    expect(refusalOf(sign(timeline, "tina", "tech_lead")).code).toBe("conflict")
  })

  it("one person signs one role, as long as the signature stands", () => {
    const timeline = new Timeline()
    timeline.tell(sign(timeline, "tom", "tech_lead"))
    expect(refusalOf(sign(timeline, "tom", "security")).code).toBe("forbidden")
    timeline.tell(decideWithdraw(timeline.state, because("tech_lead"), person("tom")))
    expect(typesOf(sign(timeline, "tom", "security"))).toEqual(["signoff.signed"])
    const lenient = new Timeline({ policy: { distinctPeople: false, authorMaySign: true, starterMaySign: true } })
    lenient.tell(sign(lenient, "tom", "tech_lead"))
    expect(typesOf(sign(lenient, "tom", "security"))).toEqual(["signoff.signed"])
  })

  it("only people, only while it is prepared", () => {
    const wish: WishToSign = {
      role: "tech_lead",
      items: ["one", "two"],
      roles: ["tech_lead"],
      standIns: [],
      changedSince: null,
      nowMs,
    }
    expect(refusalOf(decideSign(new Timeline().state, { ...wish, signature }, worker())).code).toBe("forbidden")
    expect(refusalOf(sign(new Timeline().live(), "tina", "tech_lead")).code).toBe("conflict")
  })
})

describe("declining and withdrawing", () => {
  it("stops until the decliner or an admin re-opens it", () => {
    const timeline = new Timeline()
    timeline.tell(decideDecline(timeline.state, because("security"), person("sara")))
    expect(timeline.state.signoffs.security).toMatchObject({ status: "declined", reason: "because", by: "Sara" })
    expect(refusalOf(sign(timeline, "sam", "security")).code).toBe("conflict")
    expect(refusalOf(decideReopen(timeline.state, because("security"), person("sam"))).code).toBe("forbidden")
    expect(typesOf(decideReopen(timeline.state, because("security", ["admin"]), person("ada")))).toHaveLength(1)
    timeline.tell(decideReopen(timeline.state, because("security"), person("sara")))
    expect(timeline.state.signoffs.security).toMatchObject({ status: "pending", declinedBy: null })
    expect(typesOf(sign(timeline, "sam", "security"))).toEqual(["signoff.signed"])
  })

  it("needs a reason each time", () => {
    const timeline = new Timeline()
    const empty = { ...because("security"), reason: " " }
    expect(refusalOf(decideDecline(timeline.state, empty, person("sara")))).toMatchObject({ field: "reason" })
    timeline.tell(sign(timeline, "sara", "security"))
    expect(refusalOf(decideWithdraw(timeline.state, empty, person("sara")))).toMatchObject({ field: "reason" })
  })

  it("is withdrawn by the signer or an admin, and can be given again", () => {
    const timeline = new Timeline()
    expect(refusalOf(decideWithdraw(timeline.state, because("security"), person("sara"))).code).toBe("conflict")
    timeline.tell(sign(timeline, "sara", "security"))
    expect(refusalOf(decideWithdraw(timeline.state, because("security"), person("sam"))).code).toBe("forbidden")
    expect(refusalOf(decideDecline(timeline.state, because("security"), person("sam"))).code).toBe("conflict")
    timeline.tell(decideWithdraw(timeline.state, because("security", ["admin"]), person("ada")))
    expect(timeline.state.signoffs.security).toMatchObject({ status: "withdrawn", signatures: [] })
    expect(typesOf(sign(timeline, "sara", "security"))).toEqual(["signoff.signed"])
  })

  it("cannot be declined by someone without the role", () => {
    const decline = because("security", ["tech_lead"])
    expect(refusalOf(decideDecline(new Timeline().state, decline, person("tom"))).code).toBe("forbidden")
  })
})

describe("the meaning", () => {
  it("is filled in once, whatever names look like", () => {
    const { state } = new Timeline({ name: "{version}" })
    expect(meaningInWords(state, "security", "{title}")).toBe(
      "I, {title}, as The security, approve {version} (1.1.0) for Production.",
    )
  })
})

describe("withVoidedSignatures", () => {
  const dora = person("dora", "devops")
  const evidence = (resultHash: string, at = START) => ({
    id: "e",
    kind: "check",
    summary: "ok",
    sha256: at,
    resultHash,
    at,
    by: "check",
    validUntil: null,
  })
  const passed = (resultHash: string, at?: string) =>
    ({
      type: "checklist.item_passed",
      actor: dora,
      data: { itemKey: "checked", evidence: evidence(resultHash, at), note: null },
    }) as const

  const signed = () => {
    const timeline = new Timeline()
    timeline.append([passed("same"), timeline.signed("tech_lead", "tom")])
    return timeline
  }

  it("voids every standing signature and names the change", () => {
    const timeline = signed()
    timeline.append([timeline.signed("security", "sara")])
    const reopened = { type: "checklist.item_reopened", actor: dora, data: { itemKey: "checked", note: null } } as const
    const events = withVoidedSignatures(timeline.state, [reopened], dora)
    const changes = [
      { subject: "checklist/checked", field: "state", from: "passed", to: "open" },
      { subject: "checklist/checked", field: "evidence", from: "same", to: null },
    ]
    expect(events.slice(1)).toEqual([
      {
        type: "signoff.voided",
        actor: dora,
        data: { role: "tech_lead", cause: "“Item checked” went from passed to open", changes },
      },
      {
        type: "signoff.voided",
        actor: dora,
        data: { role: "security", cause: "“Item checked” went from passed to open", changes },
      },
    ])
    timeline.append(events)
    expect(timeline.state.signoffs.security?.status).toBe("void")
    expect(typesOf(sign(timeline, "sara", "security"))).toEqual(["signoff.signed"])
  })

  it("an unchanged re-run voids nothing, one with another result does", () => {
    const { state } = signed()
    expect(withVoidedSignatures(state, [passed("same", "2026-11-23T17:00:00.000Z")], dora)).toHaveLength(1)
    expect(withVoidedSignatures(state, [passed("other")], dora)[1]).toMatchObject({
      data: { cause: "“Item checked” has new evidence: “ok” (other) instead of “ok” (same)" },
    })
  })

  it("does not count what signatures do not cover", () => {
    const { state } = signed()
    const comment = { itemKey: "manual", commentId: "c", text: "hm" }
    const assigned = { itemKey: "manual", assignee: { id: "oz", name: "Oz" } }
    const events = [
      { type: "checklist.comment_added", actor: dora, data: comment },
      { type: "checklist.item_assigned", actor: dora, data: assigned },
      { type: "override.requested", actor: dora, data: { overrideId: "o", reason: "urgent" } },
    ] as const
    expect(withVoidedSignatures(state, events, dora)).toEqual([...events])
  })

  it("another reason of a waiver is a change", () => {
    const timeline = new Timeline()
    const waived = (reason: string) =>
      ({ type: "checklist.item_waived", actor: dora, data: { itemKey: "manual", reason } }) as const
    timeline.append([waived("a"), timeline.signed("tech_lead", "tom")])
    expect(withVoidedSignatures(timeline.state, [waived("a")], dora)).toHaveLength(1)
    expect(withVoidedSignatures(timeline.state, [waived("b")], dora)).toHaveLength(2)
  })

  it("a signature that is withdrawn in the same breath is not voided as well", () => {
    const { state } = signed()
    const withdrawn = { type: "signoff.withdrawn", actor: dora, data: { role: "tech_lead", reason: "x" } } as const
    expect(withVoidedSignatures(state, [withdrawn, passed("other")], dora)).toHaveLength(2)
  })

  it("covers items in one order, whatever order they came in", () => {
    const { state } = signed()
    const turned = { ...state, items: Object.fromEntries(Object.entries(state.items).toReversed()) }
    expect(coveredContent(turned)).toEqual(coveredContent(state))
    expect(coveredContent(state).items.map((item) => item.key)).toEqual(["checked", "manual", "strict"])
  })
})

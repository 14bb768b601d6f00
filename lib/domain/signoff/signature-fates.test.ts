import { expect, test } from "vitest"
import type { SignoffRole } from "@/lib/domain/access/roles"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import { signatureFates } from "./signature-fates"

const actor = { type: "person", id: "1", name: "Sam", role: null } as const
const at = (minute: number) => `2026-11-23T10:${String(minute).padStart(2, "0")}:00.000Z`

function event(minute: number, type: string, data: object): AnyTimelineEvent {
  return {
    releaseId: "r",
    seq: minute,
    id: `e${minute}`,
    type,
    actor,
    at: at(minute),
    data,
    prevHash: "",
    hash: "",
  } as unknown as AnyTimelineEvent
}
const signed = (minute: number, signatureId: string, role: SignoffRole = "product", expiresAt?: string) =>
  event(minute, "signoff.signed", { role, signatureId, ...(expiresAt ? { expiresAt } : {}) })

const fatesOf = (events: AnyTimelineEvent[], until = at(59)) =>
  Object.fromEntries(
    [...signatureFates(events, until)].map(([id, { fate, fateAt }]) => [id, `${fate} ${fateAt ?? ""}`.trim()]),
  )

test("a signature stands until its time, half-open, whether or not anything happens then", () => {
  const events = [signed(1, "a", "product", at(10))]
  expect(fatesOf(events, "2026-11-23T10:09:59.999Z")).toEqual({ a: "stands" })
  expect(fatesOf(events, at(10))).toEqual({ a: `expired ${at(10)}` })
  // What had run out before is not void by what changed after.
  const voided = event(20, "signoff.voided", { role: "product", cause: "a change" })
  expect(fatesOf([...events, signed(15, "b"), voided])).toEqual({ a: `expired ${at(10)}`, b: `void ${at(20)}` })
})

test("one withdrawn of two leaves the other; without a name all of the role's go, and no other's", () => {
  const both = [signed(1, "a"), signed(2, "b"), signed(3, "c", "security")]
  const one = event(4, "signoff.withdrawn", { role: "product", reason: "no", signatureId: "a" })
  expect(fatesOf([...both, one])).toEqual({ a: `withdrawn ${at(4)}`, b: "stands", c: "stands" })
  const all = event(4, "signoff.withdrawn", { role: "product", reason: "no" })
  expect(fatesOf([...both, all])).toEqual({ a: `withdrawn ${at(4)}`, b: `withdrawn ${at(4)}`, c: "stands" })
})

test("a decline sets aside what stood; what is signed after it was opened again stands", () => {
  const events = [
    signed(1, "a"),
    event(2, "signoff.declined", { role: "product", reason: "no" }),
    event(3, "signoff.reopened", { role: "product", reason: "yes" }),
    signed(4, "b"),
  ]
  expect(fatesOf(events)).toEqual({ a: `declined ${at(2)}`, b: "stands" })
})

import { expect, test } from "vitest"
import type { RotaView } from "@/lib/contracts/api/oncall"
import { emptyLayer, emptyRota, formOfRota, keyOf, rotationOf } from "./rota-form"

const ada = "00000000-0000-4000-8000-00000000000a"
const zone = "America/New_York"
const nowMs = Date.parse("2026-11-25T15:00:00Z")

test("a new rota begins on this week's Monday at nine, and lacks its people", () => {
  const form = emptyRota("postd", nowMs, zone)
  expect(form.layers[0]?.start).toBe("2026-11-23T09:00")
  expect(emptyLayer(1, nowMs, zone, "days").start).toBe("2026-11-25T09:00")
  expect(rotationOf(form)).toEqual({ errors: { "layers.0.people": "needs somebody" } })
})

test("what is read from a rota is written as it was", () => {
  const layer = { people: [ada], start: "2026-01-05T09:00", shift: { every: 1, unit: "weeks" as const }, hours: null }
  const nights = { ...layer, hours: { days: ["mon" as const, "tue" as const], from: "22:00", to: "24:00" } }
  const rotation = { zone, layers: [layer, nights] }
  const form = formOfRota({
    service: { key: "postd", name: "" },
    key: "on-call",
    name: "On call",
    rotation,
  } as RotaView)
  expect(rotationOf(form)).toEqual({ rotation })
})

test("what is wrong is said by its field", () => {
  const form = emptyRota("postd", nowMs, "Nowhere")
  const layers = [{ ...emptyLayer(0, nowMs, zone), people: [ada], every: "", start: "" }]
  const read = rotationOf({ ...form, layers })
  expect("errors" in read && Object.keys(read.errors).sort()).toEqual([
    ...["layers.0.shift.every", "layers.0.start", "zone"],
  ])
})

test.each([
  ["Backend lead", "backend-lead"],
  ["  Größe & Co. ", "gro-e-co"],
  ["—", ""],
])("%j is called %j", (name, key) => {
  expect(keyOf(name)).toBe(key)
})

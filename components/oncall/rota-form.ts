import type { RotaView } from "@/lib/contracts/api/oncall"
import { type Rotation, type RotationLayer, rotationSchema, type shiftUnits } from "@/lib/domain/oncall/rotation"
import { isZone, weekdays } from "@/lib/domain/window/window"
import { fieldOf } from "./take-over-spans"
import { mondayOf } from "./weeks"

/** What stands in the fields of a layer, as text; `rotationOf` makes a rotation of it. */
export interface LayerForm {
  /** Tells layers apart while they are edited. */
  key: number
  people: string[]
  start: string
  every: string
  unit: (typeof shiftUnits)[number]
  limited: boolean
  days: (typeof weekdays)[number][]
  from: string
  to: string
}

export interface RotaForm {
  service: string
  key: string
  name: string
  zone: string
  layers: LayerForm[]
}

const workdays = weekdays.slice(0, 5)

export function emptyLayer(key: number, nowMs: number, typed: string, unit: LayerForm["unit"] = "weeks"): LayerForm {
  const zone = isZone(typed) ? typed : "UTC"
  const monday = new Date(mondayOf(nowMs, zone)).toISOString().slice(0, 10)
  const today = fieldOf(nowMs, zone).slice(0, 10)
  return {
    ...{ key, people: [], start: `${unit === "weeks" ? monday : today}T09:00`, every: "1", unit },
    ...{ limited: false, days: [...workdays], from: "09:00", to: "17:00" },
  }
}

export function emptyRota(service: string, nowMs: number, zone: string): RotaForm {
  return { service, key: "", name: "", zone, layers: [emptyLayer(0, nowMs, zone)] }
}

export function formOfRota({ service, key, name, rotation }: RotaView): RotaForm {
  return { service: service.key, key, name, zone: rotation.zone, layers: rotation.layers.map(formOfLayer) }
}

function formOfLayer({ people, start, shift, hours }: RotationLayer, key: number): LayerForm {
  return {
    ...{ key, people, start, every: String(shift.every), unit: shift.unit, limited: hours !== null },
    ...{ days: hours?.days ?? [...workdays], from: hours?.from ?? "09:00", to: hours?.to ?? "17:00" },
  }
}

/** The rotation that the fields say, or by dotted field what is missing or wrong. */
export function rotationOf({ zone, layers }: RotaForm): { rotation: Rotation } | { errors: Record<string, string> } {
  const answer = rotationSchema.safeParse({
    zone,
    layers: layers.map(({ people, start, every, unit, limited, days, from, to }) => ({
      ...{ people, start, shift: { every: every.trim() === "" ? Number.NaN : Number(every), unit } },
      // A field for the time of day knows no 24:00; midnight at the end is that of the next day.
      hours: limited
        ? { days: weekdays.filter((day) => days.includes(day)), from, to: to === "00:00" ? "24:00" : to }
        : null,
    })),
  })
  if (answer.success) return { rotation: answer.data }
  return { errors: Object.fromEntries(answer.error.issues.map((issue) => [issue.path.join("."), issue.message])) }
}

/** `backend-lead` for “Backend lead”: a key that playbooks can call. */
export function keyOf(name: string): string {
  return name
    .toLowerCase()
    .normalize("NFKD")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 80)
}

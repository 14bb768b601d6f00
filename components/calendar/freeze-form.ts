import type { FreezeView } from "@/lib/contracts/api/calendar"
import { type FreezeRule, freezeRuleSchema } from "@/lib/domain/window/freeze"

export const dayCodes = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const
export const dayNames = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const

export const repeats = {
  weekly: "Every week, on these days",
  last: "Every month, on the last of these days",
  monthly: "Every month, on the day of the first",
  yearly: "Every year, on the day of the first",
  raw: "By a rule of its own (RFC 5545)",
} as const
export type Repeat = keyof typeof repeats

/** What stands in the fields, as text; `ruleOf` makes a rule of it. */
export interface FreezeForm {
  name: string
  reason: string
  /** `service/environment`, `service`, or empty for all. */
  place: string
  kind: FreezeRule["kind"]
  zone: string
  start: string
  end: string
  hours: string
  repeat: Repeat
  days: string[]
  /** A date, or empty. */
  until: string
  rrule: string
  except: string
  dates: string
}

export function emptyForm(place: string, zone: string): FreezeForm {
  const texts = { name: "", reason: "", start: "", end: "", until: "", rrule: "", except: "", dates: "" }
  return { ...texts, place, zone, kind: "once", hours: "24", repeat: "weekly", days: ["FR"] }
}

export function formOf(freeze: FreezeView): FreezeForm {
  const { rule, service, environment } = freeze
  const place = [service?.key, environment?.key].filter(Boolean).join("/")
  const form = { ...emptyForm(place, rule.zone), name: freeze.name, reason: freeze.reason, kind: rule.kind }
  if (rule.kind === "once") return { ...form, start: rule.start, end: rule.end }
  if (rule.kind === "dates") return { ...form, dates: rule.dates.join("\n") }
  const days = /^FREQ=WEEKLY;BYDAY=([A-Z,]+)$/.exec(rule.rrule)?.[1]?.split(",")
  return {
    ...form,
    ...{ start: rule.start, hours: String(rule.durationMinutes / 60), except: (rule.except ?? []).join("\n") },
    ...(days ? { repeat: "weekly", days } : { repeat: "raw", rrule: rule.rrule }),
  }
}

/** The rule that the fields say, or by field what is missing or wrong. */
export function ruleOf(form: FreezeForm): { rule: FreezeRule } | { errors: Record<string, string> } {
  const { kind, start, end, zone } = form
  const answer = freezeRuleSchema.safeParse(
    kind === "once"
      ? { kind, start, end, zone }
      : kind === "dates"
        ? { kind, dates: lines(form.dates), zone }
        : {
            ...{ kind, start, zone, durationMinutes: Math.round(Number(form.hours) * 60), rrule: rruleOf(form) },
            ...(lines(form.except).length > 0 ? { except: lines(form.except) } : {}),
          },
  )
  if (answer.success) return { rule: answer.data }
  return {
    errors: Object.fromEntries(answer.error.issues.map((issue) => [String(issue.path[0] ?? ""), issue.message])),
  }
}

function rruleOf({ repeat, days, until, rrule, start }: FreezeForm): string {
  if (repeat === "raw") return rrule.trim()
  const byDay = `BYDAY=${dayCodes.filter((day) => days.includes(day)).join(",")}`
  const parts = {
    weekly: `FREQ=WEEKLY;${byDay}`,
    last: `FREQ=MONTHLY;${byDay};BYSETPOS=-1`,
    monthly: `FREQ=MONTHLY;BYMONTHDAY=${Number(start.slice(8, 10)) || 1}`,
    yearly: "FREQ=YEARLY",
  }
  return `${parts[repeat]}${until ? `;UNTIL=${until.replaceAll("-", "")}` : ""}`
}

function lines(text: string): string[] {
  return text.split(/[\s,;]+/).filter(Boolean)
}

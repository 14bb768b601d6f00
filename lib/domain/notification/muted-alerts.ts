import type { ThresholdState } from "@/lib/domain/threshold/threshold-state"
import type { TellContext, Told } from "./told"

/** Whether maintenance mode explains a breach: it began while the mode was on. */
export function isMuted(breachedAt: string | undefined, since: string | null): boolean {
  return since !== null && breachedAt !== undefined && breachedAt >= since
}

/** Breaches that began during maintenance mode and outlast it. */
export function alertsThatWereMuted({ before, after }: TellContext): Told[] {
  const { since } = before.maintenance
  return Object.values(after.thresholds)
    .filter(({ breachedAt, clearedAt }) => clearedAt === null && isMuted(breachedAt, since))
    .map((threshold) => ({ ...alertOf(threshold), title: `${threshold.title}: still breached after maintenance` }))
}

export function alertOf({ level, words }: Pick<ThresholdState, "level" | "words">): Told {
  return { topic: "alert", text: words, severity: level === "critical" ? "critical" : "warning", page: "verify" }
}

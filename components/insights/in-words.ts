import { formatDuration } from "@/lib/client/format"
import type { Figures, Spread } from "@/lib/contracts/api/insights"

export const NOTHING = "no data"

export function medianInWords(spread: Spread): string {
  return spread ? formatDuration(spread.medianMs) : NOTHING
}

export function percentInWords(share: number | null): string {
  return share === null ? NOTHING : `${Number((share * 100).toPrecision(3))} %`
}

export function perWeekInWords({ perWeek }: Figures): string {
  return perWeek === null ? NOTHING : `${Number(perWeek.toPrecision(2))} a week`
}

/** What became of a figure: better and worse are words, so that no colour has to say it. */
export function compared(
  now: number | null | undefined,
  before: number | null | undefined,
  better: "more" | "less",
): { words: string; tone: "pass" | "warn" | "none" } {
  if (now === null || now === undefined) return { words: "", tone: "none" }
  if (before === null || before === undefined) return { words: "nothing to compare with", tone: "none" }
  if (Math.abs(now - before) <= Math.abs(before) * 0.005) return { words: "as before", tone: "none" }
  const isBetter = better === "more" ? now > before : now < before
  return { words: isBetter ? "better than before" : "worse than before", tone: isBetter ? "pass" : "warn" }
}

/** From a hiccup to an outage of a day: afterwards nobody waits for it any more. */
const WAITS_MS = [5_000, 10_000, 20_000, 40_000, 60_000, 120_000, 300_000, 600_000, 900_000, 1_800_000]
const LONGEST_WAIT_MS = 1_800_000
const MOST_ATTEMPTS = WAITS_MS.length + 46

/** Who asks for a longer pause is asked again all the same: it may have been a slip. */
const LONGEST_PAUSE_MS = 6 * 3_600_000

/** How long to wait after so many attempts that failed, and at least as long as was asked for. Null: it is given up. */
export function nextTryMs(attempts: number, askedMs = 0): number | null {
  if (attempts >= MOST_ATTEMPTS) return null
  return Math.max(WAITS_MS[attempts - 1] ?? LONGEST_WAIT_MS, Math.min(askedMs, LONGEST_PAUSE_MS))
}

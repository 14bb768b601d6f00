export interface Spread {
  count: number
  medianMs: number
  p90Ms: number
}

/** Median and 90th percentile, between two values by their distance. Null: there are no values. */
export function spreadOf(valuesMs: readonly number[]): Spread | null {
  if (valuesMs.length === 0) return null
  const sorted = [...valuesMs].sort((a, b) => a - b)
  return { count: sorted.length, medianMs: quantile(sorted, 0.5), p90Ms: quantile(sorted, 0.9) }
}

function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share
  const below = Math.floor(place)
  const [low = 0, high = low] = [sorted[below], sorted[below + 1]]
  return low + (high - low) * (place - below)
}

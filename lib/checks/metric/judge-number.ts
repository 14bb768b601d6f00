import { comparisonOf, holds } from "../comparison"

/** Whether a number is within all limits; what is no number is within none. */
export function isWithin(is: string | string[], value: number): boolean {
  return [is].flat().every((text) => {
    const { operator, limit } = comparisonOf(text)
    return holds(operator, value, limit)
  })
}

/** `< 2000`, `>= 1 and <= 100`; throws where a filled-in text is no comparison. */
export function expectedOf(is: string | string[]): string {
  return [is]
    .flat()
    .map((text) => comparisonOf(text).said)
    .join(" and ")
}

/** The limit that is drawn in, where there is one. */
export function limitOf(is: string | string[]): { limit?: number } {
  const [only, ...others] = [is].flat()
  return only !== undefined && others.length === 0 ? { limit: comparisonOf(only).limit } : {}
}

/** Of several readings the one that is worst: out of its limits, and else nearest to one. */
export function worstOf(is: string | string[], values: readonly number[]): number | null {
  const distance = (value: number) =>
    Math.min(
      ...[is].flat().map((text) => {
        const { operator, limit } = comparisonOf(text)
        return operator.startsWith("<") ? limit - value : value - limit
      }),
    )
  return values.toSorted((one, other) => distance(one) - distance(other))[0] ?? null
}

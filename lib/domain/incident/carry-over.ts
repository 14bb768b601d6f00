import type { IncidentLevel, IncidentPlan, LevelPlan } from "./incident-state"

export const freshLevel = (plan: LevelPlan): IncidentLevel => ({
  ...plan,
  status: "waiting",
  at: null,
  people: [],
  words: null,
})

/**
 * The levels of another plan for an incident under way. One that has been served stays served: each fires once. What was
 * served and is not in the new plan stands behind it, so that going back to the old plan does not page anybody again.
 */
export function carryOver(before: readonly IncidentLevel[], plan: IncidentPlan): IncidentLevel[] {
  const served = before.filter(({ status }) => status !== "waiting")
  const planned = plan.levels.map((next) => {
    const index = served.findIndex((each) => isSame(each, next))
    const [found] = index < 0 ? [] : served.splice(index, 1)
    return found ? { ...found, n: next.n } : freshLevel(next)
  })
  return [...planned, ...served.map((level, index) => ({ ...level, n: plan.levels.length + index }))]
}

const isSame = (a: LevelPlan, b: LevelPlan) =>
  a.afterMs === b.afterMs && a.page === b.page && a.notify === b.notify && a.action === b.action && a.title === b.title

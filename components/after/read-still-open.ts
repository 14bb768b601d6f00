import type { ReleaseState } from "@/lib/domain/release/state"

/** What closing the release would leave undone, a sentence each. */
export function readStillOpen(release: ReleaseState): string[] {
  const { incidents, thresholds, followups, rounds, flags } = release
  const unsolved = Object.values(incidents).filter(({ status }) => status !== "resolved")
  const breached = Object.values(thresholds).filter(({ clearedAt }) => clearedAt === null)
  const left = (list: "after" | "post_incident") =>
    Object.values(followups)
      .filter((followup) => followup.list === list && followup.done === null)
      .sort((a, b) => a.position - b.position)
  const off = Object.values(flags).filter(({ on }) => on === false)
  return [
    ...unsolved.map(({ number, title }) => `Incident ${number} is not resolved: ${title}`),
    ...breached.map(({ title }) => `Threshold breached: ${title}`),
    ...(rounds && !rounds.ended ? ["The rounds of the first day are not over"] : []),
    ...left("after").map(({ title }) => `Of the 72 hours: ${title}`),
    ...left("post_incident").map(({ title }) => `Action after an incident: ${title}`),
    ...off.map(({ title }) => `Turned off: ${title}`),
  ]
}

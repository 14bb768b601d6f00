import { openIncident } from "@/lib/domain/incident/declare-incident"
import type { Incident } from "@/lib/domain/incident/incident-state"
import type { ReleaseState } from "@/lib/domain/release/state"

/** Which incident of a release is shown: the one that is asked for, else the open one, else the last. */
export function chosenIncident(release: ReleaseState, number: number): { shown: Incident | null; others: Incident[] } {
  const all = Object.values(release.incidents).sort((a, b) => b.number - a.number)
  const shown = all.find((one) => one.number === number) ?? openIncident(release) ?? all[0] ?? null
  return { shown, others: all.filter((one) => one !== shown) }
}

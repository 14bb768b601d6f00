import type { Incident } from "@/lib/domain/incident/incident-state"
import type { Call } from "./command"
import { exits } from "./exits"
import { Fault } from "./fault"
import { findReleaseId, readSnapshot } from "./find-release"
import type { OptionSpec } from "./options"

export const numberOption: Record<string, OptionSpec> = {
  number: {
    type: "string",
    value: "NUMBER",
    help: "which incident of the release; left out: the only one that is not resolved",
    refuse: (text) => (/^[1-9]\d{0,5}$/.test(text) ? null : "must be a number from 1 to 999999"),
  },
}

/** The incident that is meant, and the path of the API below which it is. Throws Fault. */
export async function findIncident(call: Call): Promise<{ incident: Incident; path: string }> {
  const id = await findReleaseId(call)
  const incidents = Object.values((await readSnapshot(call.api, id)).release.incidents)
  const number = call.values.text("number")
  const found = incidents.filter((each) =>
    number === undefined ? each.status !== "resolved" : each.number === Number(number),
  )
  const [incident, another] = found
  if (!incident) {
    throw new Fault(exits.no, number === undefined ? "No incident is open." : `There is no incident ${number}.`)
  }
  if (another) {
    const numbers = found.map((each) => each.number).join(", ")
    throw new Fault(exits.no, `Several incidents are open: say --number (${numbers}).`)
  }
  return { incident, path: `/releases/${id}/incidents/${incident.id}` }
}

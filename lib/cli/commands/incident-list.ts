import type { IncidentEntry } from "@/lib/contracts/api/incidents"
import type { Command } from "../command"
import { exits } from "../exits"

export const incidentList: Command = {
  words: ["incident", "list"],
  summary: "List incidents, the newest first",
  options: {
    service: { type: "string", value: "KEY", help: "only of this service" },
    status: { type: "string", value: "STATUS", help: "open, acknowledged, resolved or unresolved" },
  },
  example: "golive incident list --service postd --status unresolved",
  async run({ values, api, say }) {
    const query = Object.fromEntries(
      ["service", "status"].flatMap((name) => {
        const value = values.text(name)
        return value === undefined ? [] : [[name, value]]
      }),
    )
    const answer = await api.ask<{ incidents: IncidentEntry[] }>({ path: "/incidents", query, expects: ["incidents"] })
    say.json(answer)
    if (answer.incidents.length === 0) say.line("No incidents.")
    for (const { number, title, severity, status, releaseName, startedAt } of answer.incidents) {
      say.line(`${startedAt}  ${severity.padEnd(8)}  ${status.padEnd(12)}  ${releaseName} #${number}  ${title}`)
    }
    return exits.ok
  },
}

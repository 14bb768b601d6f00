import type { Command } from "../command"
import { exits } from "../exits"
import { findIncident, numberOption } from "../find-incident"
import { releaseName } from "../find-release"
import { releaseOption } from "../global-options"

export const incidentAck: Command = {
  words: ["incident", "ack"],
  summary: "Say that you are on it: nobody is paged for a while",
  positionals: ["RELEASE"],
  options: { ...releaseOption, ...numberOption, note: { type: "string", value: "TEXT", help: "what you will do" } },
  example: 'golive incident ack postd/production@1.2.0 --note "Looking at the logs"',
  check: releaseName,
  async run(call) {
    const { incident, path } = await findIncident(call)
    const note = call.values.text("note")
    const body = note === undefined ? {} : { note }
    const answer = await call.api.ask({ method: "POST", path: `${path}/acknowledge`, body, expects: ["release"] })
    call.say.json(answer)
    call.say.line(`Incident ${incident.number} (${incident.title}) is acknowledged.`)
    return exits.ok
  },
}

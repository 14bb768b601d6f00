import type { Command } from "../command"
import { exits } from "../exits"
import { findIncident, numberOption } from "../find-incident"
import { releaseName } from "../find-release"
import { releaseOption } from "../global-options"

const HOW = ["rolled_back", "fixed", "flag_off", "no_action"]

export const incidentResolve: Command = {
  words: ["incident", "resolve"],
  summary: "Say that it is over, and how",
  positionals: ["RELEASE"],
  options: {
    ...releaseOption,
    ...numberOption,
    how: {
      type: "string",
      required: true,
      value: "HOW",
      help: "rolled_back, fixed, flag_off or no_action",
      refuse: (text) => (HOW.includes(text) ? null : `must be one of ${HOW.join(", ")}`),
    },
    words: { type: "string", required: true, value: "TEXT", help: "what was done" },
  },
  details: "A countdown that the incident's escalation began is stopped with it, unless it was rolled back.",
  example: 'golive incident resolve postd/production@1.2.0 --how fixed --words "The pool is larger"',
  check: releaseName,
  async run(call) {
    const { incident, path } = await findIncident(call)
    const body = { how: call.values.text("how"), words: call.values.text("words") }
    const answer = await call.api.ask({ method: "POST", path: `${path}/resolve`, body, expects: ["release"] })
    call.say.json(answer)
    call.say.line(`Incident ${incident.number} (${incident.title}) is resolved.`)
    return exits.ok
  },
}

import { severities } from "@/lib/domain/incident/severity"
import type { Command } from "../command"
import { exits } from "../exits"
import { findReleaseId, releaseName } from "../find-release"
import { releaseOption } from "../global-options"

export const incidentDeclare: Command = {
  words: ["incident", "declare"],
  summary: "Declare an incident: its escalation begins",
  positionals: ["RELEASE"],
  options: {
    ...releaseOption,
    title: { type: "string", required: true, value: "TEXT", help: "what is wrong, in a few words" },
    severity: {
      type: "string",
      required: true,
      value: "SEVERITY",
      help: "critical, high, medium or low",
      refuse: (text) => (severities.some((each) => each === text) ? null : `must be one of ${severities.join(", ")}`),
    },
    words: { type: "string", required: true, value: "TEXT", help: "what was seen" },
  },
  example:
    'golive incident declare postd/production@1.2.0 --severity critical --title "No logins" --words "OAuth answers 500"',
  check: releaseName,
  async run(call) {
    const { api, say, values } = call
    const id = await findReleaseId(call)
    const body = { title: values.text("title"), severity: values.text("severity"), words: values.text("words") }
    const answer = await api.ask({ method: "POST", path: `/releases/${id}/incidents`, body, expects: ["release"] })
    say.json(answer)
    say.line("The incident is declared; its escalation has begun.", "warning")
    return exits.ok
  },
}

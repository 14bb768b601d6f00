import type { Command } from "../command"
import { exits } from "../exits"
import { findReleaseId, releaseName } from "../find-release"
import { releaseOption } from "../global-options"

export const releaseRollback: Command = {
  words: ["release", "rollback"],
  summary: "Make the previous version live again",
  positionals: ["RELEASE"],
  options: { ...releaseOption, reason: { type: "string", required: true, value: "TEXT", help: "why" } },
  details: "Begins at once; golive release watch follows it.",
  example: 'golive release rollback postd/production@1.2.0 --reason "Users report errors"',
  check: releaseName,
  async run(call) {
    const id = await findReleaseId(call)
    const path = `/releases/${id}/rollback`
    const body = { reason: call.values.text("reason") }
    const answer = await call.api.ask({ method: "POST", path, body, expects: ["release"] })
    call.say.json(answer)
    call.say.line("The rollback has begun.", "warning")
    return exits.ok
  },
}

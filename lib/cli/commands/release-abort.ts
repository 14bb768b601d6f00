import type { Command } from "../command"
import { exits } from "../exits"
import { findReleaseId, releaseName } from "../find-release"
import { releaseOption } from "../global-options"

export const releaseAbort: Command = {
  words: ["release", "abort"],
  summary: "Stop what is under way at its next safe point",
  positionals: ["RELEASE"],
  options: { ...releaseOption, reason: { type: "string", value: "TEXT", help: "why" } },
  example: 'golive release abort postd/production@1.1.0 --reason "Wrong branch"',
  check: releaseName,
  async run(call) {
    const reason = call.values.text("reason")
    const id = await findReleaseId(call)
    const path = `/releases/${id}/abort`
    const answer = await call.api.ask({
      method: "POST",
      path,
      body: reason === undefined ? {} : { reason },
      expects: ["release"],
    })
    call.say.json(answer)
    call.say.line("It stops at its next safe point.", "warning")
    return exits.ok
  },
}

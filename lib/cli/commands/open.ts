import type { Command } from "../command"
import { exits } from "../exits"
import { findReleaseId, releaseName } from "../find-release"
import { releaseOption } from "../global-options"

export const open: Command = {
  words: ["open"],
  summary: "Print the address of a release's page",
  positionals: ["RELEASE"],
  options: releaseOption,
  example: "golive open latest --service postd --environment production",
  check: releaseName,
  async run(call) {
    const id = await findReleaseId(call)
    const url = `${call.api.baseUrl}/releases/${id}`
    call.say.json({ id, url })
    call.say.essential(url)
    return exits.ok
  },
}

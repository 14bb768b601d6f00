import type { ReleaseState } from "@/lib/domain/release/state"
import type { Command } from "../command"
import { exits } from "../exits"

export const releaseCreate: Command = {
  words: ["release", "create"],
  summary: "Make a release of a git ref",
  options: {
    service: { type: "string", required: true, value: "KEY", help: "key of the service, for example postd" },
    environment: { type: "string", required: true, value: "KEY", help: "key of its environment" },
    ref: { type: "string", required: true, value: "REF", help: "the git branch, tag or commit that is deployed" },
    version: { type: "string", required: true, value: "VERSION", help: "the version that goes live" },
    name: { type: "string", value: "NAME", help: "how the release is called" },
    playbook: { type: "string", value: "KEY", help: "the playbook; the service's only one if left out" },
  },
  details: "Prints the id of the release, which the other commands take. With --quiet prints nothing else.",
  example: "golive release create --service postd --environment production --ref v1.1.0 --version 1.1.0",
  async run({ values, api, say }) {
    const fields = ["service", "environment", "ref", "version", "name", "playbook"] as const
    const body = Object.fromEntries(fields.flatMap((field) => [[field, values.text(field)]]))
    const answer = await api.ask<{ release: ReleaseState }>({
      method: "POST",
      path: "/releases",
      body,
      expects: ["release"],
    })
    say.json(answer)
    const { id, name, commit } = answer.release
    say.note(`${name} was made${commit ? ` of ${commit.slice(0, 12)}` : ""}: ${api.baseUrl}/releases/${id}`)
    say.essential(id)
    return exits.ok
  },
}

import type { ReleaseListEntry } from "@/lib/contracts/api/snapshot"
import type { Command } from "../command"
import { exits } from "../exits"
import { listReleases } from "../find-release"

export const releaseList: Command = {
  words: ["release", "list"],
  summary: "List releases, the newest first",
  options: {
    service: { type: "string", value: "KEY", help: "only of this service" },
    environment: { type: "string", value: "KEY", help: "only for this environment" },
    status: { type: "string", value: "STATUS", help: "only in this status, for example preparing" },
    limit: {
      type: "string",
      value: "COUNT",
      help: "at most so many; 20 if left out",
      refuse: (text) => (/^[1-9]\d{0,3}$/.test(text) ? null : "must be a number from 1 to 9999"),
    },
  },
  example: "golive release list --service postd --environment production --limit 5",
  async run({ values, api, say }) {
    const limit = Number(values.text("limit") ?? 20)
    const wanted = (name: string, value: string) => (values.text(name) ?? value) === value
    const releases: ReleaseListEntry[] = []
    for await (const entry of listReleases(api)) {
      const { service, environment, status } = entry
      if (!wanted("service", service.key) || !wanted("environment", environment.key) || !wanted("status", status)) {
        continue
      }
      releases.push(entry)
      if (releases.length === limit) break
    }
    say.json({ releases })
    if (releases.length === 0) say.line("No releases.")
    for (const entry of releases) {
      const { id, service, environment, version, status, items, signoffs } = entry
      const where = `${service.key}/${environment.key}@${version}`
      say.line(
        `${id}  ${where.padEnd(30)}  ${status.padEnd(15)}  ${items.done}/${items.total} items  ${signoffs.signed}/${signoffs.total} signed`,
      )
    }
    return exits.ok
  },
}

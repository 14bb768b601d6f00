import type { ReleaseState } from "@/lib/domain/release/state"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import type { Command } from "../command"
import { endOfRelease } from "../end-of-release"
import { exits } from "../exits"
import { findReleaseId, readSnapshot, releaseName } from "../find-release"
import { cursorsOf, followRelease } from "../follow-release"
import { releaseOption } from "../global-options"
import { sayEnd } from "../say-end"

interface Started {
  release: ReleaseState
  events: AnyTimelineEvent[]
  result?: { renewing?: string[] }
}

export const releaseStart: Command = {
  words: ["release", "start"],
  summary: "Start the deployment",
  positionals: ["RELEASE"],
  options: {
    ...releaseOption,
    wait: { type: "boolean", help: "follow it to its end; the exit code says how it went" },
    logs: { type: "boolean", help: "with --wait: the output of the steps as well" },
  },
  details: "Refused with every blocker while the gate is closed.",
  example: "golive release start postd/production@1.1.0 --wait --timeout 45m",
  check: releaseName,
  async run(call) {
    const { api, say, values } = call
    const id = await findReleaseId(call)
    // Read before the start, so that nothing that follows it is missed.
    const before = values.flag("wait") ? await readSnapshot(api, id) : null
    const answer = await api.ask<Started>({ method: "POST", path: `/releases/${id}/deploy`, expects: ["release"] })
    const renewing = answer.result?.renewing ?? []
    if (renewing.length > 0) say.line(`Stale proof is renewed first: ${renewing.join(", ")}.`, "busy")
    say.line("The deployment was started.", "busy")
    if (!before) {
      say.json(answer)
      return exits.ok
    }
    const until = endOfRelease
    const { release } = answer
    const end = await followRelease(call, {
      releaseId: id,
      release,
      cursors: cursorsOf(before),
      logs: values.flag("logs"),
      until,
    })
    return sayEnd(say, end)
  },
}

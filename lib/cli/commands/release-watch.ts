import type { Command } from "../command"
import { endOfRelease } from "../end-of-release"
import { findReleaseId, readSnapshot, releaseName } from "../find-release"
import { cursorsOf, followRelease } from "../follow-release"
import { releaseOption } from "../global-options"
import { sayEnd } from "../say-end"

export const releaseWatch: Command = {
  words: ["release", "watch"],
  summary: "Follow a release until it has its verdict",
  positionals: ["RELEASE"],
  options: {
    ...releaseOption,
    logs: { type: "boolean", help: "the output of the steps as well" },
    after: {
      type: "string",
      value: "SEQ",
      help: "begin behind the event with this number; 0 is the whole timeline",
      refuse: (text) => (/^\d{1,9}$/.test(text) ? null : "must be the number of an event"),
    },
  },
  details: [
    "One line an event. Ends by itself: 0 for the verdict pass, 1 for fail, a failed deployment or a rollback,",
    "3 for inconclusive, 4 when the time is up. A release that has ended already is answered at once.",
    "Ctrl-C ends the watching (130) and leaves the release alone.",
  ].join("\n"),
  example: "golive release watch latest --service postd --environment production --timeout 1h",
  check: releaseName,
  async run(call) {
    const { api, say, values } = call
    const id = await findReleaseId(call)
    const snapshot = await readSnapshot(api, id)
    const { release } = snapshot
    const after = values.text("after")
    say.note(`${release.name} is ${release.status.replaceAll("_", " ")}: ${api.baseUrl}/releases/${id}`)
    const cursors = cursorsOf(snapshot)
    const from = { ...cursors, seq: Math.min(cursors.seq, Number(after ?? cursors.seq)) }
    const end = await followRelease(call, {
      releaseId: id,
      release,
      cursors: from,
      logs: values.flag("logs"),
      until: endOfRelease,
    })
    return sayEnd(say, end)
  },
}

import { own } from "@/lib/domain/release/own"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import type { Command } from "../command"
import type { End } from "../end-of-release"
import { exits } from "../exits"
import { UsageFault } from "../fault"
import { findReleaseId, readSnapshot, releaseName } from "../find-release"
import { cursorsOf, followRelease } from "../follow-release"
import { releaseOption } from "../global-options"
import { sayEnd } from "../say-end"

interface Proving {
  release: ReleaseState
  events: AnyTimelineEvent[]
  result?: { itemKeys?: string[] }
}

export const prove: Command = {
  words: ["prove"],
  summary: "Run the checks of items that prove themselves",
  positionals: ["RELEASE"],
  options: {
    ...releaseOption,
    item: { type: "string", multiple: true, value: "KEY", help: "only this item, whatever its state" },
    stale: { type: "boolean", help: "only those that held once" },
    all: { type: "boolean", help: "everything afresh" },
    wait: { type: "boolean", help: "wait for the results; exit 1 if one failed, 3 if one could not be carried out" },
  },
  details: "Without --item, --stale or --all: everything that does not hold now.",
  example: "golive prove postd/production@1.1.0 --stale --wait",
  check(call) {
    releaseName(call)
    const { values } = call
    const ways = [values.list("item").length > 0, values.flag("stale"), values.flag("all")].filter(Boolean)
    if (ways.length > 1) throw new UsageFault("--item, --stale and --all exclude each other.")
  },
  async run(call) {
    const { api, say, values } = call
    const id = await findReleaseId(call)
    const items = values.list("item")
    const which = values.flag("all") ? "all" : values.flag("stale") ? "stale" : "unproved"
    const before = values.flag("wait") ? await readSnapshot(api, id) : null
    const answer = await api.ask<Proving>({
      method: "POST",
      path: `/releases/${id}/prove`,
      body: items.length > 0 ? { items } : { which },
      expects: ["release", "events"],
    })
    const keys = answer.result?.itemKeys ?? []
    say.line(keys.length === 0 ? "There is nothing to prove." : `Proving ${keys.join(", ")}.`, "busy")
    const runIds = runsOf(answer.events)
    if (!before || runIds.length === 0) {
      say.json(answer)
      return exits.ok
    }
    const end = await followRelease(call, {
      releaseId: id,
      release: answer.release,
      cursors: cursorsOf(before),
      logs: false,
      until: (release) => endOfProof(release, runIds),
    })
    return sayEnd(say, end)
  },
}

function runsOf(events: readonly AnyTimelineEvent[]): string[] {
  return events.flatMap((event) => (event.type === "checklist.proof_requested" ? Object.values(event.data.runIds) : []))
}

/** How these checks have ended; null: not all have. */
export function endOfProof(release: ReleaseState, runIds: readonly string[]): End | null {
  const runs = runIds.flatMap((id) => own(release.runs, id) ?? [])
  if (runs.some((run) => run.finishedAt === null)) return null
  const passed = runs.filter((run) => run.status === "passed").length
  const failed = runs.filter((run) => run.status === "failed").length
  const troubled = runs.length - passed - failed
  const words = `${passed} of ${runs.length} passed, ${failed} failed, ${troubled} could not be carried out.`
  if (failed > 0) return { exitCode: exits.no, words, tone: "bad" }
  return troubled > 0
    ? { exitCode: exits.inconclusive, words, tone: "warning" }
    : { exitCode: exits.ok, words, tone: "good" }
}

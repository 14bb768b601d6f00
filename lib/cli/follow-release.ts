import { evolve } from "@/lib/domain/release/evolve"
import type { ReleaseState } from "@/lib/domain/release/state"
import { type Description, describe as describeEvent } from "@/lib/domain/timeline/describe"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import type { Call } from "./command"
import { exits } from "./exits"
import { Fault } from "./fault"
import { readSnapshot } from "./find-release"
import { type Cursors, readStream } from "./read-stream"

export interface Following<T> {
  releaseId: string
  /** What is known now, and where the stream goes on. */
  release: ReleaseState
  cursors: Cursors
  logs: boolean
  /** Asked once the stream has come to where the release is, and after each event; anything but null ends it. */
  until(release: ReleaseState): T | null
}

/** Follows a release, a line an event, until something is so. Throws Fault when time is up. */
export async function followRelease<T>(call: Call, following: Following<T>): Promise<T> {
  const { releaseId, cursors, logs, until } = following
  const { say, api, waitMs } = call
  let { release } = following
  const already = cursors.seq >= release.lastSeq ? until(release) : null
  if (already !== null) return already
  const late = AbortSignal.timeout(waitMs)
  const ended = AbortSignal.any([call.signal, late])
  for await (const frame of readStream(api, releaseId, cursors, ended)) {
    if (frame.type === "lost") say.note(`The connection is lost (${frame.words}); trying again…`)
    if (frame.type === "back") say.note("Connected again.")
    if (frame.type === "log" && logs) for (const line of frame.lines) sayLog(call, line)
    if (frame.type !== "event") continue
    const { event } = frame
    sayEvent(call, event)
    // Events that the release was read with are said, not folded once more.
    if (event.seq > release.lastSeq) release = await foldOrRead(call, release, event)
    const end = event.seq >= release.lastSeq ? until(release) : null
    if (end !== null) return end
  }
  if (call.signal.aborted) throw new Fault(exits.interrupted, "Stopped looking; the release goes on.")
  throw new Fault(exits.timedOut, "Time is up; the release goes on.")
}

/** An event that this program is too old to know: the console says what came of it. */
async function foldOrRead(call: Call, release: ReleaseState, event: AnyTimelineEvent): Promise<ReleaseState> {
  try {
    return evolve(release, event)
  } catch {
    return (await readSnapshot(call.api, release.id)).release
  }
}

function sayEvent({ say }: Call, event: AnyTimelineEvent): void {
  say.json(event)
  const { title, detail, tone } = inWords(event)
  say.line(`${clockTime(event.at)}  ${title}${detail ? ` — ${detail}` : ""}`, tone)
}

function inWords(event: AnyTimelineEvent): Description {
  try {
    return describeEvent(event)
  } catch {
    return { title: String(event.type), tone: "neutral", noun: "" }
  }
}

function sayLog({ say }: Call, line: { at: string; stepKey: string; stream: string; text: string }): void {
  say.json({ type: "log.line", data: line })
  say.line(`${clockTime(line.at)}  ${line.stepKey} | ${line.text}`)
}

/** Hours to seconds in UTC, as the console's record has them. */
function clockTime(at: string): string {
  return `${at.slice(11, 19)}Z`
}

export function cursorsOf({ release, cursors }: { release: ReleaseState; cursors: { log: string; sample: string } }) {
  return { seq: release.lastSeq, log: cursors.log, sample: cursors.sample }
}

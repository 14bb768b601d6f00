import type { GateAnswer } from "@/lib/domain/gate/gate"
import { sleep } from "../back-off"
import type { Call, Command } from "../command"
import { exits } from "../exits"
import { findReleaseId, readSnapshot, releaseName } from "../find-release"
import { cursorsOf } from "../follow-release"
import { refuseDuration, releaseOption } from "../global-options"
import { parseDurationMs } from "../measures"
import { blockerLines } from "../problem"
import { type Cursors, readStream } from "../read-stream"

/** Windows open and proof grows stale without an event. */
const ASK_ANYWAY_MS = 15_000
/** Events come in bursts: a signature and what it voids are one change. */
const SETTLE_MS = 250

export const gate: Command = {
  words: ["gate"],
  summary: "Ask whether a release may go live: exit 0 go, 1 no",
  positionals: ["RELEASE"],
  options: {
    ...releaseOption,
    wait: { type: "string", value: "DURATION", refuse: refuseDuration, help: "wait so long for the gate to open" },
  },
  details: "Prints everything that is in its way, and who can clear it. Still no when the wait is over: exit 1.",
  example: "golive gate postd/production@1.1.0 --wait 10m",
  check: releaseName,
  async run(call) {
    const { api, say, values } = call
    const id = await findReleaseId(call)
    const waitMs = parseDurationMs(values.text("wait") ?? "")
    const answer =
      waitMs === null
        ? await readGate(call, id)
        : // Where the stream begins is read before the gate: what happens in between is not missed.
          await waitForGo(call, id, cursorsOf(await readSnapshot(api, id)), waitMs)
    say.json(answer)
    if (answer.go) say.line("Go.", "good")
    else {
      say.line(`No: ${answer.blockers.length} in its way.`, "bad")
      for (const line of blockerLines(answer.blockers, api.baseUrl)) say.line(`  ${line}`)
    }
    return answer.go ? exits.ok : exits.no
  },
}

function readGate({ api }: Call, id: string): Promise<GateAnswer> {
  return api.ask<GateAnswer>({ path: `/releases/${id}/gate`, expects: ["go", "blockers"] })
}

/** Asks again whenever something happens to the release or its environment; answers with go, or the last no. */
async function waitForGo(call: Call, id: string, cursors: Cursors, waitMs: number): Promise<GateAnswer> {
  const over = AbortSignal.any([call.signal, AbortSignal.timeout(waitMs)])
  const stop = new AbortController()
  let changed = new AbortController()
  let trouble: unknown = null
  const listen = async () => {
    for await (const frame of readStream(call.api, id, cursors, AbortSignal.any([over, stop.signal]))) {
      if (frame.type !== "log") changed.abort()
    }
  }
  const listening = listen().catch((error: unknown) => {
    trouble = error
    changed.abort()
  })
  try {
    for (let told = -1; ; ) {
      changed = new AbortController()
      const answer = await readGate(call, id)
      if (trouble !== null) throw trouble
      if (answer.go || over.aborted) return answer
      if (answer.blockers.length !== told) call.say.note(`No: ${answer.blockers.length} in its way. Waiting…`)
      told = answer.blockers.length
      await sleep(ASK_ANYWAY_MS, AbortSignal.any([changed.signal, over]))
      await sleep(SETTLE_MS, over)
    }
  } finally {
    stop.abort()
    await listening
  }
}

import { ring } from "@/lib/server/events/doorbell"
import type { RunHolder } from "./lost-lease"
import { appendUnderLease } from "./write-under-lease"

export interface NewLogLine {
  stepKey: string
  attempt: number
  stream: "out" | "err" | "info"
  text: string
  at: Date
}

/** Stores a batch of output. Throws LostLease if this claim no longer holds the run. */
export async function appendLog(holder: RunHolder, lines: readonly NewLogLine[]): Promise<void> {
  if (lines.length === 0) return
  const releaseId = await appendUnderLease(holder, async (tx, id) => {
    await tx.runLog.createMany({
      data: lines.map((line) => ({
        ...line,
        // Postgres keeps neither NUL nor half a surrogate pair in text.
        text: line.text.replaceAll("\u0000", "\ufffd").toWellFormed(),
        releaseId: id,
        runId: holder.runId,
      })),
    })
  })
  ring(`release:${releaseId}`)
}

import { ring } from "@/lib/server/events/doorbell"
import { Prisma } from "@/prisma/generated/client/client"
import type { RunHolder } from "./lost-lease"
import { appendUnderLease } from "./write-under-lease"

export interface NewLogLine {
  stepKey: string
  attempt: number
  stream: "out" | "err" | "info"
  text: string
  at: Date
}

/** In one statement; a build that writes faster than it is stored must not make a statement of a hundred megabytes. */
const MOST_LINES = 10_000

/** Stores a batch of output. Throws LostLease if this claim no longer holds the run. */
export async function appendLog(holder: RunHolder, lines: readonly NewLogLine[]): Promise<void> {
  if (lines.length === 0) return
  const releaseId = await appendUnderLease(holder, async (tx, id) => {
    for (let at = 0; at < lines.length; at += MOST_LINES) {
      await tx.$executeRaw(insert(id, holder.runId, lines.slice(at, at + MOST_LINES)))
    }
  })
  ring(`release:${releaseId}`)
}

/** One array a column: a statement with a value a line has a limit of values, and is many times slower. */
function insert(releaseId: string, runId: string, lines: readonly NewLogLine[]): Prisma.Sql {
  // Postgres keeps neither NUL nor half a surrogate pair in text.
  const texts = lines.map(({ text }) => text.replaceAll("\u0000", "\ufffd").toWellFormed())
  return Prisma.sql`
    INSERT INTO "RunLog" ("releaseId", "runId", "stepKey", attempt, stream, text, at)
    SELECT ${releaseId}::uuid, ${runId}::uuid, line."stepKey", line.attempt, line.stream, line.text, line.at
    FROM unnest(${lines.map(({ stepKey }) => stepKey)}::text[], ${lines.map(({ attempt }) => attempt)}::int[],
      ${lines.map(({ stream }) => stream)}::text[], ${texts}::text[], ${lines.map(({ at }) => at.toISOString())}::timestamptz[])
      WITH ORDINALITY AS line("stepKey", attempt, stream, text, at, n)
    ORDER BY line.n`
}

import type { LogLine } from "@/lib/contracts/stream"
import { prisma } from "@/lib/server/db"
import type { RunLog } from "@/prisma/generated/client/client"

/** A release's log lines after a cursor, in order of commit. */
export async function readLogLines(
  where: { releaseId: string; runId?: string; stepKey?: string },
  { after, limit }: { after: bigint; limit: number },
): Promise<LogLine[]> {
  const rows = await prisma.runLog.findMany({
    where: { ...where, id: { gt: after } },
    orderBy: { id: "asc" },
    take: limit,
  })
  return rows.map(logLine)
}

function logLine(row: RunLog): LogLine {
  const { id, runId, stepKey, attempt, stream, text, at } = row
  return { id: String(id), runId, stepKey, attempt, stream: stream as LogLine["stream"], text, at: at.toISOString() }
}

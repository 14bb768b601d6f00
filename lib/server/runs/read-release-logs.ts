import { logsQuery } from "@/lib/contracts/api/queries"
import type { LogLine } from "@/lib/contracts/stream"
import type { Context } from "@/lib/server/access/context"
import { parseInput } from "@/lib/server/parse-input"
import { accessRelease } from "@/lib/server/releases/access-release"
import { done, type Result } from "@/lib/server/result"
import { readLogLines } from "./read-logs"

const PAGE = 1_000

export type ReleaseLogs =
  | { format: "json"; lines: LogLine[]; cursor: string }
  | { format: "text"; text: ReadableStream<Uint8Array>; fileName: string }

/** The output of a release's steps: a page of it, or all of it as text that is read while it is sent. */
export async function readReleaseLogs(
  ctx: Context,
  releaseId: string,
  query: Record<string, string>,
): Promise<Result<ReleaseLogs>> {
  const found = await accessRelease(ctx, "release.read", releaseId)
  if (!found.ok) return found
  const input = parseInput(logsQuery, query)
  if (!input.ok) return input
  const { runId, stepKey, format, after, limit } = input.value
  const where = { releaseId, ...(runId ? { runId } : {}), ...(stepKey ? { stepKey } : {}) }
  if (format === "json") {
    const lines = await readLogLines(where, { after: BigInt(after), limit })
    return done({ format, lines, cursor: lines.at(-1)?.id ?? after })
  }
  const name = ["log", releaseId.slice(0, 8), stepKey]
    .filter(Boolean)
    .join("-")
    .replace(/[^\w.-]/g, "_")
  return done({ format, text: textOf(where), fileName: `${name}.txt` })
}

function textOf(where: { releaseId: string; runId?: string; stepKey?: string }): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let after = 0n
  return new ReadableStream({
    async pull(controller) {
      const lines = await readLogLines(where, { after, limit: PAGE })
      const last = lines.at(-1)
      if (!last) return controller.close()
      after = BigInt(last.id)
      const text = lines.map((line) => `${line.at} ${line.stepKey}#${line.attempt} ${line.stream} ${line.text}`)
      controller.enqueue(encoder.encode(text.map((line) => (line.endsWith("\n") ? line : `${line}\n`)).join("")))
    },
  })
}

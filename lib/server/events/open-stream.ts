import { streamQuery } from "@/lib/contracts/api/queries"
import type { Context } from "@/lib/server/access/context"
import { parseInput } from "@/lib/server/parse-input"
import { accessRelease } from "@/lib/server/releases/access-release"
import { done, type Result, refused } from "@/lib/server/result"
import { whileAllowed } from "@/lib/server/sessions/while-allowed"
import { type TailCursor, type TailFrame, tailRelease } from "./tail-release"

/**
 * Says whether the caller may watch, and from where; only then is anything opened. The browser's own `Last-Event-ID` is
 * newer than the address it reconnects to, so it wins.
 */
export async function openStream(
  ctx: Context,
  releaseId: string,
  query: Record<string, string>,
  lastEventId: string | null,
): Promise<Result<(signal: AbortSignal) => AsyncGenerator<TailFrame, void, undefined>>> {
  const found = await accessRelease(ctx, "release.read", releaseId)
  if (!found.ok) return found
  const input = parseInput(streamQuery, query)
  if (!input.ok) return input
  if (lastEventId !== null && !/^\d{1,10}$/.test(lastEventId)) {
    return refused("bad_request", "Last-Event-ID is the number of an event.")
  }
  const from: TailCursor = {
    after: lastEventId === null ? input.value.after : Number(lastEventId),
    log: BigInt(input.value.log),
    sample: BigInt(input.value.sample),
  }
  return done((signal) => tailRelease(releaseId, from, whileAllowed(ctx, found.value.release.serviceId, signal)))
}

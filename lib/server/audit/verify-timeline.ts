import { parseHead, verifyQuery } from "@/lib/contracts/api/audit"
import { type ChainHead, chainStart } from "@/lib/domain/timeline/chain"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import type { Context } from "@/lib/server/access/context"
import { prisma } from "@/lib/server/db"
import { listEvents } from "@/lib/server/events/list-events"
import { parseInput } from "@/lib/server/parse-input"
import { accessRelease } from "@/lib/server/releases/access-release"
import { done, type Result } from "@/lib/server/result"
import { type CheckedChain, checkChain } from "./check-chain"

const PAGE = 500

/** Recomputes the chain of a release and says where it does not hold, and whether it leads through `head`. */
export async function verifyTimeline(
  ctx: Context,
  releaseId: string,
  query: Record<string, string> = {},
): Promise<Result<CheckedChain>> {
  const found = await accessRelease(ctx, "audit.verify", releaseId)
  if (!found.ok) return found
  const input = parseInput(verifyQuery, query)
  if (!input.ok) return input
  const head = input.value.head === undefined ? null : parseHead(input.value.head)
  return done(await verifyChain(releaseId, head ? [head] : []))
}

export async function verifyChain(releaseId: string, heads: readonly ChainHead[] = []): Promise<CheckedChain> {
  const release = await prisma.release.findUniqueOrThrow({
    where: { id: releaseId },
    select: { id: true, lastSeq: true, headHash: true, state: true },
  })
  return checkChain({ release, pages: eventPages(releaseId), heads })
}

/** Holds no connection between pages: whoever asks for this shares them with everybody else. */
async function* eventPages(releaseId: string): AsyncGenerator<AnyTimelineEvent[]> {
  for (let after = chainStart.seq; ; ) {
    const page = await listEvents(releaseId, { after, limit: PAGE })
    const last = page.at(-1)
    if (last) yield page
    if (!last || page.length < PAGE) return
    after = last.seq
  }
}

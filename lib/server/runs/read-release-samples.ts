import { samplesQuery } from "@/lib/contracts/api/queries"
import type { SampleLine } from "@/lib/contracts/stream"
import type { Context } from "@/lib/server/access/context"
import { parseInput } from "@/lib/server/parse-input"
import { accessRelease } from "@/lib/server/releases/access-release"
import { done, type Result } from "@/lib/server/result"
import { readSampleLines } from "./read-samples"

/** A page of a release's metric samples, in order of commit. */
export async function readReleaseSamples(
  ctx: Context,
  releaseId: string,
  query: Record<string, string>,
): Promise<Result<{ samples: SampleLine[]; cursor: string }>> {
  const found = await accessRelease(ctx, "release.read", releaseId)
  if (!found.ok) return found
  const input = parseInput(samplesQuery, query)
  if (!input.ok) return input
  const { runId, after, limit } = input.value
  const samples = await readSampleLines({ releaseId, ...(runId ? { runId } : {}) }, { after: BigInt(after), limit })
  return done({ samples, cursor: samples.at(-1)?.id ?? after })
}

import { addFileQuery } from "@/lib/contracts/api/requests"
import { decideEvidence } from "@/lib/domain/checklist/decide-evidence"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { PersonActor } from "@/lib/server/access/authorise"
import type { Context } from "@/lib/server/access/context"
import { databaseNow } from "@/lib/server/clock"
import { env } from "@/lib/server/env"
import { parseInput } from "@/lib/server/parse-input"
import { accessRelease } from "@/lib/server/releases/access-release"
import { type Changed, changeRelease } from "@/lib/server/releases/change-release"
import { done, type Result } from "@/lib/server/result"
import { readReleaseState } from "@/lib/server/runs/read-release-state"
import { type BroughtEvidence, bringEvidence } from "./bring-evidence"
import { filesToPut } from "./files/evidence-files"
import { baseName } from "./files/file-name"
import { mediaTypeOf } from "./files/media-type"
import { contradiction } from "./files/recognise"

/** A file as it comes over the wire. */
export interface Upload {
  body: ReadableStream<Uint8Array>
  contentType: string | null
  /** Content-Length, where there is one. */
  announcedBytes: number | null
  signal: AbortSignal
}

export type BroughtFile = BroughtEvidence & { sha256: string; sizeBytes: number }

/**
 * Brings a file to an item. Nothing is read of a file that would be refused anyway. The bytes are kept before the release
 * is locked, so that nobody waits for them; where the release has changed meanwhile and refuses, they are left, by hash.
 */
export async function addFile(
  ctx: Context,
  { releaseId, itemKey }: { releaseId: string; itemKey: string },
  query: Record<string, string>,
  upload: Upload,
): Promise<Result<Changed<BroughtFile>>> {
  const found = await accessRelease(ctx, "evidence.add", releaseId)
  if (!found.ok) return found
  const input = parseInput(addFileQuery, query)
  if (!input.ok) return input
  const name = baseName(input.value.name)
  if (!name.ok) return name
  const mediaType = mediaTypeOf(upload.contentType, name.value)
  if (!mediaType.ok) return mediaType
  const { outcome, at, revision, summary = `File ${name.value}` } = input.value
  const wish = { itemKey, outcome, revision, at, kind: "file" as const, summary }
  const first = foresee(await readReleaseState(releaseId), wish, found.value.access.actor, await databaseNow())
  if (!first.ok) return first

  const { body, announcedBytes, signal } = upload
  const inspect = (head: Uint8Array) => contradiction(head, mediaType.value)
  const file = await filesToPut().put(body, { maxBytes: env().EVIDENCE_MAX_BYTES, announcedBytes, inspect }, signal)
  if (!file.ok) return file
  const blocks = [{ type: "file", name: name.value, mediaType: mediaType.value, ...file.value }]
  const result = { outcome: outcome ?? null, file: file.value.sha256 }
  return changeRelease<typeof addFileQuery, BroughtFile>(
    ctx,
    { releaseId, action: "evidence.add", schema: addFileQuery, body: query },
    async (hand, _, { actor }) => {
      const brought = await bringEvidence(hand, { ...wish, blocks, result }, actor)
      return { decision: brought.decision, result: { ...brought.result, ...file.value } }
    },
  )
}

/** What the release would say to it as it is now. */
function foresee(
  state: ReleaseState,
  wish: {
    itemKey: string
    outcome?: "passed" | "failed"
    revision?: number
    at?: string
    kind: string
    summary: string
  },
  actor: PersonActor,
  now: Date,
): Result<null> {
  const { itemKey, outcome, revision, kind, summary } = wish
  const at = wish.at === undefined ? now.toISOString() : new Date(wish.at).toISOString()
  const evidence = { id: "", sha256: "", resultHash: "", kind, summary, at, by: actor.name }
  const decision = decideEvidence(state, { itemKey, outcome, revision, evidence }, actor, now.toISOString())
  return decision.ok ? done(null) : decision
}

import type { Refusal } from "@/lib/domain/release/decision"
import { evolve } from "@/lib/domain/release/evolve"
import type { ReleaseState } from "@/lib/domain/release/state"
import { changesInWords, contentChanges } from "@/lib/domain/signoff/content-changes"
import { coveredContent } from "@/lib/domain/signoff/covered-content"
import { staleRefusal } from "@/lib/domain/signoff/refusal-to-sign"
import { wordsOf } from "@/lib/domain/signoff/void-signatures"
import { hashJson } from "@/lib/server/crypto/sha256"
import { listEvents } from "@/lib/server/events/list-events"

const PAGE = 500

/**
 * A refusal of a stale page, with what changed since: the page said only the hash of what it showed, and the timeline
 * knows what that was.
 */
export async function withNamedChanges(refusal: Refusal, releaseId: string, contentHash: string): Promise<Refusal> {
  if (refusal.code !== "stale") return refusal
  let state: ReleaseState | null = null
  let shown: ReleaseState | null = null
  for (;;) {
    const page = await listEvents(releaseId, { after: state?.lastSeq ?? 0, limit: PAGE })
    for (const event of page) {
      state = evolve(state, event)
      const changes = event.type === "release.created" || event.type.startsWith("checklist.")
      if (changes && hashJson(coveredContent(state)) === contentHash) shown = state
    }
    if (page.length < PAGE) break
  }
  if (!state || !shown) return refusal
  const changes = contentChanges(coveredContent(shown), coveredContent(state), wordsOf(shown, state))
  return staleRefusal(changesInWords(changes))
}

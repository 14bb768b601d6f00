import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import { canonicalJson } from "@/lib/server/crypto/canonical-json"
import { sha256Hex } from "@/lib/server/crypto/sha256"

/** What the first event of a release names as the one before it. */
export const GENESIS_HASH = "0".repeat(64)

/** SHA-256 of the previous hash and the canonical JSON of everything else. */
export function hashEvent(event: Omit<AnyTimelineEvent, "hash">): string {
  const { prevHash, releaseId, seq, id, type, actor, at, data } = event
  return sha256Hex(prevHash + canonicalJson({ releaseId, seq, id, type, actor, at, data }))
}

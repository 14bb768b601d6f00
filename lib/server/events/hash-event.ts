import { eventHash, type Hashing } from "@/lib/domain/timeline/chain"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import { canonicalJson } from "@/lib/server/crypto/canonical-json"
import { sha256Hex } from "@/lib/server/crypto/sha256"

/** With what the chain is hashed: SHA-256 over RFC 8785. */
export const hashing: Hashing = { sha256: sha256Hex, canonical: canonicalJson }

/** SHA-256 of the previous hash and the canonical JSON of everything else. */
export function hashEvent(event: Omit<AnyTimelineEvent, "hash">): string {
  return eventHash({ ...event, hash: "" } as AnyTimelineEvent, hashing)
}

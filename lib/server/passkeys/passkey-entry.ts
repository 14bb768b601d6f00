import type { PasskeyEntry } from "@/lib/contracts/api/passkeys"
import type { Passkey } from "@/prisma/generated/client/client"
import { relyingParty } from "./relying-party"

/** A passkey as its owner sees it. */
export function passkeyEntry(row: Passkey): PasskeyEntry {
  return {
    id: row.id,
    name: row.name,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    kind: row.deviceType === "multiDevice" ? "synced" : "device",
    backedUp: row.backedUp,
    rpId: row.rpId,
    usableHere: row.rpId === relyingParty().id,
  }
}

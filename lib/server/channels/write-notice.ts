import { createHash } from "node:crypto"
import type { ChannelNotice } from "@/lib/channels/contract"
import { prisma } from "@/lib/server/db"
import { ring } from "@/lib/server/events/doorbell"

/** A row for everybody, or one for each person. Told again under the same key, each is there once. */
export async function writeNotice({ key, userIds, ...notice }: ChannelNotice): Promise<void> {
  const rows =
    userIds.length === 0
      ? [{ ...notice, id: key, userId: null }]
      : userIds.map((userId) => ({ ...notice, id: idFor(key, userId), userId }))
  await prisma.notice.createMany({ data: rows, skipDuplicates: true })
  ring("notices")
}

/** The same for the same key and person: a UUID of their hash (version 8, which leaves its bits to whoever makes it). */
function idFor(key: string, userId: string): string {
  const bytes = createHash("sha256").update(`${key}\n${userId}`).digest().subarray(0, 16)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5")
}

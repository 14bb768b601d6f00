import { prisma } from "@/lib/server/db"
import type { KeyRing } from "@/lib/server/secrets/key-ring"
import { Prisma } from "@/prisma/generated/client/client"
import { openFields, sealFields } from "./sealed-channel"

/** Encrypts the secret fields of all channels with the first key, each a step of its own. Nothing else of them changes. */
export async function reencryptChannels(
  ring: KeyRing,
  before: () => Promise<void>,
): Promise<{ changed: number; unreadable: string[] }> {
  const unreadable = new Map<string, string>()
  let changed = 0
  for (;;) {
    await before()
    const rows = await prisma.channel.findMany({
      // A comparison with null is neither true nor false: those without secrets are not among them.
      where: { keyId: { not: ring.keys[0].id }, id: { notIn: [...unreadable.keys()] } },
      select: { id: true, name: true, sealed: true, keyId: true },
      orderBy: { id: "asc" },
      take: 50,
    })
    if (rows.length === 0) return { changed, unreadable: [...unreadable.values()] }
    for (const row of rows) {
      const opened = openFields(ring, row)
      if (!opened.ok) unreadable.set(row.id, opened.why)
      else {
        const { keyId, sealed } = sealFields(ring, row.id, opened.fields)
        changed += await prisma.$executeRaw(Prisma.sql`
          UPDATE "Channel" SET sealed = ${sealed}, "keyId" = ${keyId}
          WHERE id = ${row.id}::uuid AND "keyId" = ${row.keyId} AND sealed = ${row.sealed}`)
      }
    }
  }
}

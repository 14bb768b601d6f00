import { reencryptChannels } from "@/lib/server/channels/reencrypt-channels"
import { prisma, type Tx, transaction } from "@/lib/server/db"
import { env } from "@/lib/server/env"
import { Prisma } from "@/prisma/generated/client/client"
import { newKey, readKeyFile, writeKeyFile } from "./key-file"
import { ownKeys, takeRotation } from "./key-lock"
import { type KeyRing, keyOf, keyRing } from "./key-ring"
import { openSecret, sealSecret } from "./sealed-secret"

export interface Rotation {
  /** The key that encrypts now. */
  keyId: string
  /** How many secrets were encrypted anew. */
  changed: number
  /** In words, each secret that could not be read: it stays as it is, and so does its key. */
  unreadable: string[]
  /** Keys that no secret needs any more: removed from the file, or to be removed from SECRETS_KEYS by hand. */
  needless: string[]
  source: KeyRing["source"]
}

/**
 * Encrypts every secret with the first key; the embedded default gets a new one first and loses those that nothing needs
 * afterwards. Each secret is a step of its own, so that it may be ended at any moment, begun again, and done while the console
 * runs. Throws an Error in words where another rotation is under way or there are no keys.
 */
export async function rotateSecrets(): Promise<Rotation> {
  return prisma.$transaction(
    async (held) => {
      // This transaction writes nothing: it only lives as long as the rotation, and ends with its process.
      if (!(await takeRotation(held))) throw new Error("Another rotation is under way.")
      const before = await keyRing({ make: true })
      if (before.source === "derived") {
        throw new Error("Secrets are encrypted with a key derived from GOLIVE_SECRET_KEY. Set SECRETS_KEYS to rotate.")
      }
      const ring = before.source === "file" ? await addKey() : before
      const secrets = await reencrypt(ring, held)
      const channels = await reencryptChannels(ring, () => stayHeld(held))
      const changed = secrets.changed + channels.changed
      const unreadable = [...secrets.unreadable, ...channels.unreadable]
      const needless = await dropKeys(ring)
      return { keyId: ring.keys[0].id, changed, unreadable, needless, source: ring.source }
    },
    { maxWait: 10_000, timeout: 3_600_000 },
  )
}

async function addKey(): Promise<KeyRing> {
  const { GOLIVE_DATA_DIR } = env()
  await writeKeyFile(GOLIVE_DATA_DIR, [newKey(), ...(await readKeyFile(GOLIVE_DATA_DIR))])
  return keyRing()
}

/** Until nothing is left that has another key: what the console stores meanwhile may still have been given the former one. */
async function reencrypt(ring: KeyRing, held: Tx): Promise<{ changed: number; unreadable: string[] }> {
  const unreadable = new Map<string, string>()
  let changed = 0
  for (;;) {
    await stayHeld(held)
    const rows = await prisma.secret.findMany({
      where: { keyId: { not: ring.keys[0].id }, id: { notIn: [...unreadable.keys()] } },
      include: { environment: { select: { name: true } } },
      orderBy: { id: "asc" },
      take: 50,
    })
    if (rows.length === 0) return { changed, unreadable: [...unreadable.values()] }
    for (const row of rows) {
      const opened = openSecret(ring, row, row.environment.name)
      if (!opened.ok) unreadable.set(row.id, opened.why)
      else changed += await replace(row, sealSecret(ring, row, opened.value))
    }
  }
}

/** A lock that was lost ends the rotation here, and one that idles is not taken for forgotten. */
async function stayHeld(held: Tx): Promise<void> {
  await held.$queryRaw(Prisma.sql`SELECT 1`)
}

/** Only where it is still what was read. Who set it, when and how often is not touched. */
function replace(
  row: { id: string; version: number; keyId: string },
  { keyId, sealed }: { keyId: string; sealed: Buffer },
): Promise<number> {
  return prisma.$executeRaw(Prisma.sql`
    UPDATE "Secret" SET sealed = ${sealed}, "keyId" = ${keyId}
    WHERE id = ${row.id}::uuid AND version = ${row.version} AND "keyId" = ${row.keyId}`)
}

/** Nobody stores anything while it is looked which keys are needed and the others go. */
async function dropKeys(ring: KeyRing): Promise<string[]> {
  return transaction(async (tx) => {
    await ownKeys(tx)
    const needed = await neededKeys(tx)
    const [first, ...others] = ring.keys
    const needless = others.filter(({ id }) => !needed.has(id)).map(({ id }) => id)
    if (ring.source !== "file") return needless
    const { GOLIVE_DATA_DIR } = env()
    const kept = (await readKeyFile(GOLIVE_DATA_DIR)).filter((text) => {
      const { id } = keyOf(text, "A key in the data folder")
      return id === first.id || needed.has(id)
    })
    await writeKeyFile(GOLIVE_DATA_DIR, kept)
    return needless
  })
}

async function neededKeys(tx: Tx): Promise<ReadonlySet<string>> {
  const secrets = await tx.secret.findMany({ distinct: ["keyId"], select: { keyId: true } })
  const channels = await tx.channel.findMany({ distinct: ["keyId"], select: { keyId: true } })
  return new Set([...secrets, ...channels].flatMap(({ keyId }) => keyId ?? []))
}

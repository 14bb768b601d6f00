import { randomUUID } from "node:crypto"
import { recordSecurityEvent } from "@/lib/server/access/record-security-event"
import { nowSql } from "@/lib/server/clock"
import { transaction } from "@/lib/server/db"
import { done, type Result, refused } from "@/lib/server/result"
import { Prisma } from "@/prisma/generated/client/client"
import { holdKeys } from "./key-lock"
import { type KeyRing, keyRing } from "./key-ring"
import { SHORTEST_SECRET } from "./redaction/secret-forms"
import { sealSecret } from "./sealed-secret"
import { entryOf, type SecretEntry, type SecretRow } from "./secret-entry"

/** All of them are looked for in all output: there is a limit to how many that can be. */
const MOST_SECRETS = 200
const MOST_BYTES = 256 * 1024

export interface SecretToStore {
  environment: { id: string; key: string; serviceKey: string }
  name: string
  value: string
  /** Left out: as it was. Empty: none. */
  description?: string
  by: { id: string; name: string }
  /** Null where a program of the console sets it. */
  userId: string | null
  address: string | null
}

/** Encrypts and stores a value, and puts on record that it was set. Refuses what could not be taken out of output. */
export async function storeSecret(input: SecretToStore): Promise<Result<{ secret: SecretEntry }>> {
  const { environment, name, value } = input
  const why = whyNot(value)
  if (why)
    return refused("invalid", `value: ${why}`, {
      field: "value",
      detail: { errors: [{ field: "value", message: why }] },
    })
  return transaction(async (tx) => {
    await holdKeys(tx)
    let ring: KeyRing
    try {
      ring = await keyRing({ make: true })
    } catch (error) {
      return refused("conflict", `Nothing can be encrypted. ${error instanceof Error ? error.message : ""}`)
    }
    const [others] = await tx.$queryRaw<{ count: number; bytes: number }[]>(Prisma.sql`
      SELECT count(*)::int AS count, coalesce(sum(octet_length(sealed)), 0)::int AS bytes
      FROM "Secret" WHERE "environmentId" = ${environment.id}::uuid AND name <> ${name}`)
    if (others && (others.count >= MOST_SECRETS || others.bytes + Buffer.byteLength(value) > MOST_BYTES)) {
      return refused(
        "conflict",
        `An environment has at most ${MOST_SECRETS} secrets, of ${MOST_BYTES / 1024} KB together.`,
      )
    }
    const { keyId, sealed } = sealSecret(ring, { environmentId: environment.id, name }, value)
    const given = input.description === undefined ? Prisma.sql`s.description` : Prisma.sql`EXCLUDED.description`
    const rows = await tx.$queryRaw<SecretRow[]>(Prisma.sql`
      INSERT INTO "Secret" AS s
        (id, "environmentId", name, description, sealed, "keyId", "updatedById", "updatedByName", "createdAt", "updatedAt")
      VALUES (${randomUUID()}::uuid, ${environment.id}::uuid, ${name}, ${input.description || null}, ${sealed}, ${keyId},
        ${input.by.id}::uuid, ${input.by.name}, ${nowSql()}, ${nowSql()})
      ON CONFLICT ("environmentId", name) DO UPDATE SET
        sealed = EXCLUDED.sealed, "keyId" = EXCLUDED."keyId", version = s.version + 1, description = ${given},
        "updatedById" = EXCLUDED."updatedById", "updatedByName" = EXCLUDED."updatedByName", "updatedAt" = EXCLUDED."updatedAt"
      RETURNING name, description, version, "updatedByName", "updatedAt"`)
    const [row] = rows
    if (!row) throw new Error("the database did not say what it stored")
    const data = { service: environment.serviceKey, environment: environment.key, name, version: row.version }
    await recordSecurityEvent({ type: "secret.set", userId: input.userId, address: input.address, data }, tx)
    return done({ secret: entryOf(row) })
  })
}

function whyNot(value: string): string | null {
  const chars = [...value.replace(/\s/g, "")].length
  if (chars === 0) return "is blank"
  if (chars >= SHORTEST_SECRET) return null
  return `is too short: a text under ${SHORTEST_SECRET} characters stands everywhere and could not be kept out of logs and evidence`
}

import type { Refusal } from "@/lib/domain/release/decision"
import { nowSql } from "@/lib/server/clock"
import { sha256Hex } from "@/lib/server/crypto/sha256"
import { prisma } from "@/lib/server/db"
import { Prisma } from "@/prisma/generated/client/client"

/** A request that has not answered after this long will not: its process died. */
const GIVEN_UP_S = 60

export interface StoredAnswer {
  status: number
  body: unknown
}

export type Claim =
  | { kind: "mine" }
  | { kind: "answered"; answer: StoredAnswer }
  | { kind: "other_meaning" }
  | { kind: "under_way" }

/** Hash of what a request asks for: the same key may not be used for anything else. */
export function requestMeaning(request: Request, bodyText: string): string {
  const { pathname, search } = new URL(request.url)
  return sha256Hex(`${request.method}\n${pathname}${search}\n${bodyText}`)
}

/** Takes a key for this request, or says what became of the request that took it. */
export async function claimKey(userId: string, key: string, meaning: string): Promise<Claim> {
  const taken = await prisma.$executeRaw(Prisma.sql`
    INSERT INTO "IdempotencyKey" AS k ("userId", key, meaning, "createdAt")
    VALUES (${userId}::uuid, ${key}, ${meaning}, ${nowSql()})
    ON CONFLICT ("userId", key) DO UPDATE SET "createdAt" = ${nowSql()}
    WHERE k.meaning = ${meaning} AND k.status IS NULL
      AND k."createdAt" < ${nowSql()} - make_interval(secs => ${GIVEN_UP_S}::double precision)`)
  if (taken > 0) return { kind: "mine" }
  const row = await prisma.idempotencyKey.findUnique({ where: { userId_key: { userId, key } } })
  if (!row) return { kind: "under_way" }
  if (row.meaning !== meaning) return { kind: "other_meaning" }
  return row.status === null
    ? { kind: "under_way" }
    : { kind: "answered", answer: { status: row.status, body: row.response } }
}

export function keyIsTaken(by: "other_meaning" | "under_way"): Refusal {
  const message =
    by === "under_way"
      ? "The first request with this Idempotency-Key is still under way."
      : "This Idempotency-Key was used for another request."
  return { code: "conflict", message }
}

/** Says that the request that has the key is still at work: an upload may take longer than others may be silent. */
export async function renewClaim(userId: string, key: string): Promise<void> {
  await prisma.$executeRaw(Prisma.sql`
    UPDATE "IdempotencyKey" SET "createdAt" = ${nowSql()}
    WHERE "userId" = ${userId}::uuid AND key = ${key} AND status IS NULL`)
}

/** Keeps the answer for repeats; `meaning`, where more of it is known than when the key was taken. */
export async function keepAnswer(userId: string, key: string, answer: StoredAnswer, meaning?: string): Promise<void> {
  await prisma.idempotencyKey.update({
    where: { userId_key: { userId, key } },
    data: { status: answer.status, response: (answer.body ?? null) as Prisma.InputJsonValue, meaning },
    select: { key: true },
  })
}

/** The request failed in a way that says nothing about the next try: the key is free again. */
export async function freeKey(userId: string, key: string): Promise<void> {
  await prisma.idempotencyKey.deleteMany({ where: { userId, key, status: null } })
}

import { randomBytes, randomUUID } from "node:crypto"
import { setupRequest } from "@/lib/contracts/api/setup"
import type { Context } from "@/lib/server/access/context"
import { recordSecurityEvent } from "@/lib/server/access/record-security-event"
import { takeAttempt } from "@/lib/server/access/take-attempt"
import { databaseNow } from "@/lib/server/clock"
import { sha256Hex } from "@/lib/server/crypto/sha256"
import { prisma, transaction } from "@/lib/server/db"
import { parseInput } from "@/lib/server/parse-input"
import { done, type Result, refused } from "@/lib/server/result"
import { Prisma } from "@/prisma/generated/client/client"
import { createPerson } from "./create-person"
import { passwordRefusal } from "./password-rules"

const LINK_MS = 24 * 3_600_000
const gone = refused("not_found", "This link was used already, has expired, or was never given out.")

/** Makes the one-time secret of a console without people. Null: somebody is there already. Earlier links end. */
export async function createSetupLink(): Promise<{ token: string; expiresAt: Date } | null> {
  if ((await prisma.user.count()) > 0) return null
  const token = randomBytes(32).toString("base64url")
  const expiresAt = new Date((await databaseNow()).getTime() + LINK_MS)
  await transaction(async (tx) => {
    await tx.setupLink.deleteMany({ where: { usedAt: null } })
    await tx.setupLink.create({ data: { id: randomUUID(), tokenHash: sha256Hex(token), expiresAt } })
  })
  return { token, expiresAt }
}

/** Whether a link can still be used, for the page behind it. */
export async function isSetupLinkOpen(token: string): Promise<boolean> {
  const link = await prisma.setupLink.findUnique({ where: { tokenHash: sha256Hex(token) } })
  return link !== null && link.usedAt === null && link.expiresAt > (await databaseNow())
}

/** The first administrator sets up their account with the link from the server's data folder. Once. */
export async function setUpFirstAdmin(ctx: Context, body: unknown): Promise<Result<{ email: string }>> {
  const { retryAfterMs } = await takeAttempt(`setup:${ctx.address ?? "unknown"}`, { max: 20, windowMs: 15 * 60_000 })
  if (retryAfterMs > 0)
    return refused("rate_limited", "Too many attempts. Wait a little.", { detail: { retryAfterMs } })
  const input = parseInput(setupRequest, body)
  if (!input.ok) return input
  const { token, email, name, password } = input.value
  if (!(await isSetupLinkOpen(token))) return gone
  const refusal = await passwordRefusal(password, [name, email])
  if (refusal) return { ok: false, refusal }
  const person = await transaction(async (tx) => {
    // The row lock lets two requests with one link through one after the other: the second finds it used.
    const [link] = await tx.$queryRaw<{ id: string; expiresAt: Date; usedAt: Date | null }[]>(Prisma.sql`
      SELECT id, "expiresAt", "usedAt" FROM "SetupLink" WHERE "tokenHash" = ${sha256Hex(token)} FOR UPDATE`)
    const now = await databaseNow(tx)
    if (!link || link.usedAt || link.expiresAt <= now || (await tx.user.count()) > 0) return null
    await tx.setupLink.update({ where: { id: link.id }, data: { usedAt: now } })
    const created = await createPerson(tx, { email, name, password, roles: ["admin"] })
    await recordSecurityEvent({ type: "setup.done", userId: created.id, address: ctx.address, data: { email } }, tx)
    return created
  })
  return person ? done({ email: email.toLowerCase() }) : gone
}

import { randomBytes } from "node:crypto"
import { feedRequest } from "@/lib/contracts/api/oncall"
import type { Context } from "@/lib/server/access/context"
import { recordSecurityEvent } from "@/lib/server/access/record-security-event"
import { sha256Hex } from "@/lib/server/crypto/sha256"
import { transaction } from "@/lib/server/db"
import { env } from "@/lib/server/env"
import { parseInput } from "@/lib/server/parse-input"
import { done, type Result } from "@/lib/server/result"
import { accessRota, lockRota, noSuchRota } from "./access-rota"

/** A fresh address of a rota's calendar feed; the one before ends. Calendars cannot sign in: the address is the secret. */
export async function issueFeed(ctx: Context, rotaId: string, body: unknown): Promise<Result<{ address: string }>> {
  const found = await accessRota(ctx, "oncall.edit", rotaId)
  if (!found.ok) return found
  const input = parseInput(feedRequest, body)
  if (!input.ok) return input
  const token = randomBytes(32).toString("base64url")
  const written = await writeFeedHash(ctx, found.value, sha256Hex(token))
  return written.ok ? done({ address: new URL(`/oncall/feed/${token}.ics`, env().NEXTAUTH_URL).href }) : written
}

/** Nobody reads the feed any more. */
export async function revokeFeed(ctx: Context, rotaId: string, body: unknown): Promise<Result<{ revoked: boolean }>> {
  const found = await accessRota(ctx, "oncall.edit", rotaId)
  if (!found.ok) return found
  const input = parseInput(feedRequest, body)
  if (!input.ok) return input
  const written = await writeFeedHash(ctx, found.value, null)
  return written.ok ? done({ revoked: written.value.before !== null }) : written
}

type Found = Extract<Awaited<ReturnType<typeof accessRota>>, { ok: true }>["value"]

async function writeFeedHash(
  ctx: Context,
  { rota, access }: Found,
  feedHash: string | null,
): Promise<Result<{ before: string | null }>> {
  return transaction(async (tx): Promise<Result<{ before: string | null }>> => {
    const locked = await lockRota(tx, rota.id)
    if (!locked) return noSuchRota
    // It is no change of the rota: neither its revision nor its time moves.
    await tx.oncallRota.update({ where: { id: rota.id }, data: { feedHash, updatedAt: locked.updatedAt } })
    const type = feedHash === null ? "oncall.feed_revoked" : "oncall.feed_issued"
    const data = { rotaId: rota.id, serviceId: rota.serviceId, key: rota.key }
    await recordSecurityEvent({ type, userId: access.actor.id, address: ctx.address, data }, tx)
    return done({ before: locked.feedHash })
  })
}

import { randomBytes, randomUUID } from "node:crypto"
import { createTokenRequest } from "@/lib/contracts/api/requests"
import type { Scope } from "@/lib/domain/access/policy"
import { authorise } from "@/lib/server/access/authorise"
import type { Context } from "@/lib/server/access/context"
import { recordSecurityEvent } from "@/lib/server/access/record-security-event"
import { databaseNow } from "@/lib/server/clock"
import { sha256Hex } from "@/lib/server/crypto/sha256"
import { transaction } from "@/lib/server/db"
import { parseInput } from "@/lib/server/parse-input"
import { done, type Result } from "@/lib/server/result"
import { TOKEN_PREFIX } from "./find-token"

export interface CreatedToken {
  id: string
  name: string
  scopes: Scope[]
  expiresAt: string
  /** Shown once: only its hash is kept. */
  token: string
}

/** Makes a token that acts for the caller, within its scopes and never beyond the caller's roles. */
export async function createToken(ctx: Context, body: unknown): Promise<Result<CreatedToken>> {
  const access = await authorise(ctx, "token.create", null)
  if (!access.ok) return access
  const input = parseInput(createTokenRequest, body)
  if (!input.ok) return input
  return done(await mintToken({ ...input.value, userId: access.person.id, address: ctx.address }))
}

export async function mintToken(input: {
  userId: string
  name: string
  scopes: Scope[]
  expiresInDays: number
  address: string | null
}): Promise<CreatedToken> {
  const token = `${TOKEN_PREFIX}${randomBytes(32).toString("base64url")}`
  const id = randomUUID()
  const { userId, name, address } = input
  const scopes = [...new Set(input.scopes)]
  const expiresAt = new Date((await databaseNow()).getTime() + input.expiresInDays * 86_400_000)
  await transaction(async (tx) => {
    await tx.apiToken.create({ data: { id, userId, name, scopes, expiresAt, tokenHash: sha256Hex(token) } })
    await recordSecurityEvent({ type: "token.created", userId, address, data: { tokenId: id, name, scopes } }, tx)
  })
  return { id, name, scopes, expiresAt: expiresAt.toISOString(), token }
}

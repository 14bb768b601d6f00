import { randomUUID } from "node:crypto"
import type { z } from "zod"
import { delegateRequest } from "@/lib/contracts/api/signoffs"
import { roleTitles } from "@/lib/domain/access/roles"
import { authorise } from "@/lib/server/access/authorise"
import { type Context, rolesFor } from "@/lib/server/access/context"
import { recordRefusal } from "@/lib/server/access/record-refusal"
import { recordSecurityEvent } from "@/lib/server/access/record-security-event"
import { databaseNow } from "@/lib/server/clock"
import { prisma, type Tx, transaction } from "@/lib/server/db"
import { parseInput } from "@/lib/server/parse-input"
import { loadPerson } from "@/lib/server/people/load-person"
import { done, type Result, refused } from "@/lib/server/result"
import { Prisma } from "@/prisma/generated/client/client"
import { type DelegationEntry, readDelegations } from "./delegation-rows"
import { delegationHolds } from "./load-stand-ins"

const LONGEST_DAYS = 90

type Wish = z.output<typeof delegateRequest>

/**
 * Names somebody who signs in one's stead for one role of one service, until an instant. Only who holds the role can: what a
 * stand-in may is not passed on. It holds for as long as the holder keeps the role.
 */
export async function nameStandIn(ctx: Context, body: unknown): Promise<Result<{ delegation: DelegationEntry }>> {
  const service = await serviceOf(body)
  const access = await authorise(ctx, "signoff.delegate", service?.id ?? null)
  if (!access.ok) return access
  const input = parseInput(delegateRequest, body)
  if (!input.ok) return input
  if (!service) return refused("not_found", "There is no such service.", { field: "service" })
  const { person } = access
  const made = await transaction((tx) => insert(tx, { personId: person.id, serviceId: service.id, wish: input.value }))
  if (!made.ok) {
    await recordRefusal(ctx, "signoff.delegate", made.refusal, { service: service.key })
    return made
  }
  const { role, to, until } = input.value
  await recordSecurityEvent({
    type: "delegation.made",
    userId: person.id,
    address: ctx.address,
    data: { delegationId: made.value, service: service.key, role, to, until },
  })
  const [delegation] = await readDelegations(Prisma.sql`d.id = ${made.value}::uuid`)
  return delegation ? done({ delegation }) : refused("not_found", "There is no such delegation.")
}

async function serviceOf(body: unknown): Promise<{ id: string; key: string } | null> {
  const key = body !== null && typeof body === "object" && "service" in body ? body.service : null
  // What is no key of a service reaches no query: the parser refuses it after the authorisation.
  if (typeof key !== "string" || !delegateRequest.shape.service.safeParse(key).success) return null
  return prisma.service.findUnique({ where: { key }, select: { id: true, key: true } })
}

async function insert(
  tx: Tx,
  { personId, serviceId, wish }: { personId: string; serviceId: string; wish: Wish },
): Promise<Result<string>> {
  const { role, to, until, reason } = wish
  const title = roleTitles[role]
  // The row of whoever delegates is locked: two delegations at once come one after the other.
  await tx.$queryRaw(Prisma.sql`SELECT id FROM "User" WHERE id = ${personId}::uuid FOR UPDATE`)
  const now = await databaseNow(tx)
  const holder = await loadPerson(personId, tx)
  if (!holder || !rolesFor(holder, serviceId).includes(role)) {
    return refused("forbidden", `You do not hold the role ${title}: only who holds it can name a stand-in.`, {
      field: "role",
    })
  }
  if (to === personId) return refused("invalid", "You cannot stand in for yourself.", { field: "to" })
  const standIn = await loadPerson(to, tx)
  if (!standIn || standIn.disabled) return refused("invalid", "There is no such person.", { field: "to" })
  if (rolesFor(standIn, serviceId).includes(role)) {
    return refused("invalid", `${standIn.name} holds the role ${title}, and signs in their own name.`, { field: "to" })
  }
  const untilMs = Date.parse(until)
  if (untilMs <= now.getTime()) return refused("invalid", "The date has passed.", { field: "until" })
  if (untilMs > now.getTime() + LONGEST_DAYS * 86_400_000) {
    return refused("invalid", `A stand-in is named for ${LONGEST_DAYS} days at most.`, { field: "until" })
  }
  const [other] = await readDelegations(
    Prisma.sql`d."fromUserId" = ${personId}::uuid AND d."serviceId" = ${serviceId}::uuid AND d.role = ${role}
      AND ${delegationHolds()}`,
    tx,
  )
  if (other) {
    const message = `${other.to.name} stands in for you as ${title} already. End that first.`
    return refused("conflict", message, { field: "to", detail: { delegation: other } })
  }
  const id = randomUUID()
  const names = { fromUserId: personId, toUserId: to }
  await tx.delegation.create({
    data: { id, serviceId, role, ...names, reason: reason ?? null, createdAt: now, until: new Date(until) },
    select: { id: true },
  })
  return done(id)
}

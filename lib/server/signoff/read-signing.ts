import type { z } from "zod"
import type { signingSchema } from "@/lib/contracts/api/signoffs"
import { type Context, standInsFor } from "@/lib/server/access/context"
import { prisma } from "@/lib/server/db"
import { relyingParty } from "@/lib/server/passkeys/relying-party"
import { accessRelease } from "@/lib/server/releases/access-release"
import { done, type Result } from "@/lib/server/result"
import { Prisma } from "@/prisma/generated/client/client"
import { readDelegations } from "./delegation-rows"
import { delegationHolds } from "./load-stand-ins"

export type SigningFacts = z.output<typeof signingSchema>

/** With what the caller can prove who they are, for whom they may sign, and who stands in for whom in this service. */
export async function readSigning(ctx: Context, releaseId: string): Promise<Result<SigningFacts>> {
  const found = await accessRelease(ctx, "release.read", releaseId)
  if (!found.ok) return found
  const { serviceId } = found.value.release
  const { person } = found.value.access
  const [user, passkeys, delegations] = await Promise.all([
    prisma.user.findUniqueOrThrow({ where: { id: person.id }, select: { passwordHash: true } }),
    prisma.passkey.findMany({
      where: { userId: person.id, rpId: relyingParty().id, removedAt: null },
      select: { id: true, name: true, lastUsedAt: true },
      orderBy: [{ lastUsedAt: { sort: "desc", nulls: "last" } }, { createdAt: "desc" }],
    }),
    readDelegations(Prisma.sql`d."serviceId" = ${serviceId}::uuid AND t."disabledAt" IS NULL AND ${delegationHolds()}`),
  ])
  return done({
    methods: {
      password: user.passwordHash !== null,
      passkeys: passkeys.map((key) => ({ ...key, lastUsedAt: key.lastUsedAt?.toISOString() ?? null })),
    },
    standIns: standInsFor(person, serviceId),
    delegations,
  })
}

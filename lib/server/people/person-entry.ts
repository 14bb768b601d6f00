import type { PersonDetails } from "@/lib/contracts/api/people"
import type { Role } from "@/lib/domain/access/roles"
import { roles as roleOrder } from "@/lib/domain/access/roles"
import { type Db, prisma } from "@/lib/server/db"
import type { Prisma } from "@/prisma/generated/client/client"

const shown = (now: Date) =>
  ({
    roles: { include: { service: { select: { key: true, name: true } } } },
    sessions: { orderBy: { lastSeenAt: "desc" }, take: 1, select: { lastSeenAt: true } },
    _count: {
      select: {
        sessions: { where: { endedAt: null, expiresAt: { gt: now } } },
        passkeys: { where: { removedAt: null } },
        identities: true,
      },
    },
  }) satisfies Prisma.UserInclude

/** People as the page of people shows them, by name. `now` says which sessions live. */
export async function readPeople(now: Date, where: Prisma.UserWhereInput = {}, db: Db = prisma) {
  const rows = await db.user.findMany({ where, include: shown(now), orderBy: { name: "asc" }, take: 1_000 })
  return rows.map((row): PersonDetails => {
    const grants = row.roles
      .map(({ role, service }) => ({ role: role as Role, service }))
      .sort((a, b) => roleOrder.indexOf(a.role) - roleOrder.indexOf(b.role))
    return {
      id: row.id,
      name: row.name,
      email: row.email,
      roles: [...new Set(grants.map(({ role }) => role))],
      disabled: row.disabledAt !== null,
      grants,
      lastSeenAt: row.sessions[0]?.lastSeenAt.toISOString() ?? null,
      sessions: row._count.sessions,
      passkeys: row._count.passkeys,
      signsInWith: [
        ...(row.passwordHash ? (["password"] as const) : []),
        ...(row._count.passkeys > 0 ? (["passkey"] as const) : []),
        ...(row._count.identities > 0 ? (["openid"] as const) : []),
      ],
    }
  })
}

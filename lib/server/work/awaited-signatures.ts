import type { z } from "zod"
import type { workSchema } from "@/lib/contracts/api/responses"
import type { ReleaseState } from "@/lib/domain/release/state"
import { refusalToSign, type SigningState } from "@/lib/domain/signoff/refusal-to-sign"
import { signoffStatus } from "@/lib/domain/signoff/signoff-status"
import { signoffsInOrder } from "@/lib/domain/signoff/turn"
import { type Person, rolesFor, standInsFor } from "@/lib/server/access/context"
import { nowSql } from "@/lib/server/clock"
import { prisma } from "@/lib/server/db"
import { loadStandIns } from "@/lib/server/signoff/load-stand-ins"
import { Prisma } from "@/prisma/generated/client/client"

type Awaited = z.output<typeof workSchema>["signatures"][number]

interface Row extends SigningState {
  id: string
  name: string
  serviceId: string
  now: Date
}

const MOST_RELEASES = 200

/** The roles that a person could sign now, in releases that are being prepared, the newest first. */
export async function awaitedSignatures(held: Person, inPerson: boolean): Promise<Awaited[]> {
  // A token brings no stand-ins along; what its person is asked for is shown all the same.
  const person = inPerson ? held : { ...held, standsInFor: await loadStandIns(held.id) }
  const services = [...person.grants, ...person.standsInFor].map(({ serviceId }) => serviceId)
  const inServices = services.includes(null)
    ? Prisma.sql`TRUE`
    : Prisma.sql`r."serviceId" = ANY(${services.filter((id) => id !== null)}::uuid[])`
  // Not the whole state: a checklist is the largest part of it, and says nothing about who may sign.
  const rows = await prisma.$queryRaw<Row[]>(Prisma.sql`
    SELECT r.id, r.name, r."serviceId", r.status, r.state->'signoffs' AS signoffs, r.state->'policy' AS policy,
      r.state->'createdBy' AS "createdBy", r.state->'startedBy' AS "startedBy", r.state->'schedule' AS schedule,
      ${nowSql()}::timestamptz(3) AS now
    FROM "Release" r WHERE r.status = 'preparing' AND ${inServices}
    ORDER BY r."createdAt" DESC LIMIT ${MOST_RELEASES}`)
  return rows.flatMap((row) => awaitedOf(row, person))
}

function awaitedOf(row: Row, person: Person): Awaited[] {
  const nowMs = row.now.getTime()
  const roles = rolesFor(person, row.serviceId)
  const standIns = standInsFor(person, row.serviceId)
  return signoffsInOrder(row as Pick<ReleaseState, "signoffs">).flatMap((signoff): Awaited[] => {
    const { role, title, items, reason, reminded } = signoff
    const wish = { role, items: items.map(({ key }) => key), roles, standIns, changedSince: null, nowMs }
    if (refusalToSign(row, wish, { type: "person", id: person.id, name: person.name, role })) return []
    const holder = roles.includes(role) ? undefined : standIns.find((one) => one.role === role)
    const again = signoffStatus(signoff, nowMs) === "pending" ? null : reason
    return [
      {
        releaseId: row.id,
        releaseName: row.name,
        role,
        title,
        onBehalfOf: holder?.for.name ?? null,
        reason: again,
        reminded,
      },
    ]
  })
}

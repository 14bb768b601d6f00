import { mayPerform } from "@/lib/domain/access/policy"
import { type Person, rolesFor } from "@/lib/server/access/context"
import { Prisma } from "@/prisma/generated/client/client"

/** Whether somebody sees a notice: it is for them or for everybody, and they have a role for its service. */
export function maySeeNotice(person: Person, { serviceId, userId }: { serviceId: string; userId: string | null }) {
  return (userId === null || userId === person.id) && mayPerform(rolesFor(person, serviceId), "release.read")
}

/** The same as a condition on `"Notice" n`. */
export function readableNotices(person: Person): Prisma.Sql {
  const mine = Prisma.sql`(n."userId" IS NULL OR n."userId" = ${person.id}::uuid)`
  if (mayPerform(rolesFor(person, null), "release.read")) return mine
  const services = [...new Set(person.grants.flatMap(({ serviceId }) => serviceId ?? []))]
  return Prisma.sql`${mine} AND n."serviceId" = ANY(${services}::uuid[])`
}

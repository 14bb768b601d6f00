import { randomUUID } from "node:crypto"
import { changeRoleRequest, type PersonDetails } from "@/lib/contracts/api/people"
import { authorise } from "@/lib/server/access/authorise"
import type { Context } from "@/lib/server/access/context"
import { recordSecurityEvent } from "@/lib/server/access/record-security-event"
import { parseInput } from "@/lib/server/parse-input"
import type { Result } from "@/lib/server/result"
import { changePerson, isLastAdmin } from "./change-person"

/** Gives a role or takes it away, for one service or for all. It counts from the next request on; twice is no fault. */
export async function changeRole(
  ctx: Context,
  personId: string,
  how: "give" | "take",
  body: unknown,
): Promise<Result<{ person: PersonDetails }>> {
  const access = await authorise(ctx, "people.manage", null)
  if (!access.ok) return access
  const input = parseInput(changeRoleRequest, body)
  if (!input.ok) return input
  const { role, service: key } = input.value
  return changePerson(personId, async (tx) => {
    const service = key === null ? null : await tx.service.findUnique({ where: { key } })
    if (key !== null && !service) return { code: "invalid", message: `There is no service "${key}".`, field: "service" }
    const serviceId = service?.id ?? null
    const held = await tx.roleGrant.findFirst({ where: { userId: personId, role, serviceId } })
    if ((how === "give") === (held !== null)) return null
    if (how === "give") {
      await tx.roleGrant.create({ data: { id: randomUUID(), userId: personId, role, serviceId } })
    } else {
      if (role === "admin" && serviceId === null && (await isLastAdmin(tx, personId))) {
        return { code: "conflict", message: "Somebody has to stay administrator. Name another first.", field: "role" }
      }
      await tx.roleGrant.delete({ where: { id: held?.id } })
    }
    const type = how === "give" ? "role.given" : "role.taken"
    const data = { personId, role, service: key }
    await recordSecurityEvent({ type, userId: access.person.id, address: ctx.address, data }, tx)
    return null
  })
}

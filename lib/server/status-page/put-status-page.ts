import type { z } from "zod"
import { putStatusPageRequest, type statusPageSwitchSchema } from "@/lib/contracts/api/status-page"
import { authorise } from "@/lib/server/access/authorise"
import type { Context } from "@/lib/server/access/context"
import { recordSecurityEvent } from "@/lib/server/access/record-security-event"
import { prisma, transaction } from "@/lib/server/db"
import { parseInput } from "@/lib/server/parse-input"
import { done, type Result, refused } from "@/lib/server/result"
import { forgetStatusPages } from "./read-status-page"

/** Lets everybody see how a service is, or nobody any more. Who did so is on record. */
export async function putStatusPage(
  ctx: Context,
  where: { service: string },
  body: unknown,
): Promise<Result<z.output<typeof statusPageSwitchSchema>>> {
  if (!ctx.person) return refused("unauthenticated", "Sign in first.")
  const service = await prisma.service.findUnique({
    where: { key: where.service },
    select: { id: true, key: true, name: true },
  })
  if (!service) return refused("not_found", "There is no such service.")
  const access = await authorise(ctx, "status_page.edit", service.id, { serviceId: service.id })
  if (!access.ok) return access
  const input = parseInput(putStatusPageRequest, body)
  if (!input.ok) return input
  const { on } = input.value
  await transaction(async (tx) => {
    const { count } = await tx.service.updateMany({
      where: { id: service.id, statusPage: !on },
      data: { statusPage: on },
    })
    if (count === 0) return
    const data = { serviceId: service.id, on }
    const event = { type: "status_page.switched", userId: access.person.id, address: ctx.address, data }
    await recordSecurityEvent(event, tx)
  })
  forgetStatusPages()
  return done({ service: { key: service.key, name: service.name }, on })
}

import { MOST_SHIFT_DAYS, type Shifts, shiftsQuery } from "@/lib/contracts/api/oncall"
import { shiftsBetween } from "@/lib/domain/oncall/shifts-between"
import type { Context } from "@/lib/server/access/context"
import { readableServices } from "@/lib/server/calendar/readable-services"
import { databaseNow } from "@/lib/server/clock"
import { prisma } from "@/lib/server/db"
import { parseInput } from "@/lib/server/parse-input"
import { done, type Result, refused } from "@/lib/server/result"
import { loadPlans } from "./rota-row"
import { readPeople } from "./rota-view"

const DAY_MS = 86_400_000

/** Who is called when within a stretch of days, rota by rota, with the gaps. */
export async function readShifts(ctx: Context, query: Record<string, string>): Promise<Result<Shifts>> {
  const readable = await readableServices(ctx, "oncall.read")
  if (!readable.ok) return readable
  const input = parseInput(shiftsQuery, query)
  if (!input.ok) return input
  const { service, rota } = input.value
  const now = await databaseNow()
  const fromMs = input.value.from ? Date.parse(input.value.from) : now.getTime()
  const toMs = input.value.to ? Date.parse(input.value.to) : fromMs + 35 * DAY_MS
  if (toMs <= fromMs) return refused("invalid", "It must be after the beginning.", { field: "to" })
  if (toMs - fromMs > MOST_SHIFT_DAYS * DAY_MS) {
    return refused("invalid", `That is more than ${MOST_SHIFT_DAYS} days.`, { field: "to" })
  }
  const rotas = await prisma.oncallRota.findMany({
    where: {
      ...(readable.value === null ? {} : { serviceId: { in: readable.value } }),
      ...(service === undefined ? {} : { service: { key: service } }),
      ...(rota === undefined ? {} : { id: rota }),
    },
    include: { service: { select: { key: true, name: true } } },
    orderBy: [{ service: { key: "asc" } }, { createdAt: "asc" }, { id: "asc" }],
    take: 50,
  })
  const plans = await loadPlans(prisma, rotas, new Date(fromMs), new Date(toMs))
  const shifts = plans.map(({ rotation, overrides }) => shiftsBetween(rotation, overrides, fromMs, toMs))
  const personOf = await readPeople(
    prisma,
    shifts.flat().flatMap(({ personId }) => personId ?? []),
  )
  return done({
    ...{ from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString(), now: now.toISOString() },
    rotas: rotas.map(({ id, service, key, name }, n) => ({
      ...{ id, service, key, name },
      shifts: (shifts[n] ?? []).map(({ startMs, endMs, personId, overrideId }) => ({
        start: new Date(startMs).toISOString(),
        end: new Date(endMs).toISOString(),
        person: personId === null ? null : personOf(personId),
        overrideId,
      })),
    })),
  })
}

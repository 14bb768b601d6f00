import { type Calendar, calendarQuery, MOST_CALENDAR_DAYS } from "@/lib/contracts/api/calendar"
import { freezeIntervals, type Interval, mergeIntervals } from "@/lib/domain/window/freeze-intervals"
import type { DeploymentWindow } from "@/lib/domain/window/window"
import { openIntervals } from "@/lib/domain/window/windows-status"
import type { Context } from "@/lib/server/access/context"
import { databaseNow } from "@/lib/server/clock"
import { prisma } from "@/lib/server/db"
import { parseInput } from "@/lib/server/parse-input"
import { done, type Result, refused } from "@/lib/server/result"
import { freezesOf, readFreezeViews } from "./freeze-view"
import { playbookWindows } from "./playbook-windows"
import { readDeployed } from "./read-deployed"
import { readPlanned } from "./read-planned"
import { mayEditCalendar, readableServices } from "./readable-services"

const DAY_MS = 86_400_000

/** Windows, freezes, planned and past deployments of a stretch of days, as instants. */
export async function readCalendar(ctx: Context, query: Record<string, string>): Promise<Result<Calendar>> {
  const readable = await readableServices(ctx)
  if (!readable.ok) return readable
  const input = parseInput(calendarQuery, query)
  if (!input.ok) return input
  const now = await databaseNow()
  const fromMs = input.value.from ? Date.parse(input.value.from) : now.getTime()
  const toMs = input.value.to ? Date.parse(input.value.to) : fromMs + 35 * DAY_MS
  if (toMs <= fromMs) return refused("invalid", "It must be after the beginning.", { field: "to" })
  if (toMs - fromMs > MOST_CALENDAR_DAYS * DAY_MS) {
    return refused("invalid", `That is more than ${MOST_CALENDAR_DAYS} days.`, { field: "to" })
  }
  const rows = await readEnvironments(readable.value, input.value)
  const environmentIds = rows.map(({ id }) => id)
  const serviceIds = [...new Set(rows.map(({ serviceId }) => serviceId))]
  const range = { environmentIds, from: new Date(fromMs), to: new Date(toMs) }
  const [playbooks, freezes, planned, deployed] = await Promise.all([
    playbookWindows(serviceIds),
    readFreezeViews(ctx, {
      endedAt: null,
      AND: [freezesOf(serviceIds), { OR: [{ environmentId: null }, { environmentId: { in: environmentIds } }] }],
    }),
    readPlanned(range),
    readDeployed(range, now),
  ])
  const written = ({ startMs, endMs }: Interval) => ({
    start: new Date(startMs).toISOString(),
    end: new Date(endMs).toISOString(),
  })
  return done({
    ...{ from: range.from.toISOString(), to: range.to.toISOString(), now: now.toISOString() },
    mayEditAll: mayEditCalendar(ctx, null),
    environments: rows.map((row) => {
      const own = row.windows as DeploymentWindow[] | null
      const ofPlaybooks = playbooks.get(row.serviceId) ?? []
      return {
        service: row.service,
        environment: { key: row.key, name: row.name },
        windows: { revision: row.windowsRevision, windows: own, playbooks: ofPlaybooks },
        open: openIntervals(own ?? ofPlaybooks, fromMs, toMs).map(written),
        mayEdit: mayEditCalendar(ctx, row.serviceId),
      }
    }),
    freezes: freezes.map((freeze) => ({
      ...freeze,
      intervals: mergeIntervals(freezeIntervals(freeze.rule, fromMs, toMs)).map(written),
    })),
    planned,
    deployed,
  })
}

function readEnvironments(
  services: string[] | null,
  { service, environment }: { service?: string; environment?: string },
) {
  return prisma.environment.findMany({
    where: {
      ...(services === null ? {} : { serviceId: { in: services } }),
      ...(service === undefined ? {} : { service: { key: service } }),
      ...(environment === undefined ? {} : { key: environment }),
    },
    orderBy: [{ service: { key: "asc" } }, { key: "asc" }],
    take: 50,
    select: {
      ...{ id: true, key: true, name: true, serviceId: true, windows: true, windowsRevision: true },
      service: { select: { key: true, name: true } },
    },
  })
}

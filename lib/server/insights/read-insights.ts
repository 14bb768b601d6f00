import { type Insights, insightsQuery, MOST_INSIGHT_DAYS, USUAL_INSIGHT_DAYS } from "@/lib/contracts/api/insights"
import { signoffRoles } from "@/lib/domain/access/roles"
import { type Delivered, deliveryFigures, deliveryWeeks, type Span } from "@/lib/domain/insights/delivery-figures"
import { spreadOf } from "@/lib/domain/insights/spread"
import type { Context } from "@/lib/server/access/context"
import { databaseNow } from "@/lib/server/clock"
import { prisma } from "@/lib/server/db"
import { parseInput } from "@/lib/server/parse-input"
import { done, type Result, refused } from "@/lib/server/result"
import { readableServices } from "@/lib/server/work/readable-services"
import { itemTitles } from "./item-titles"
import { type CheckCounts, readChecks } from "./read-checks"
import { readDelivered } from "./read-delivered"
import { readWaits } from "./read-waits"

const DAY_MS = 86_400_000
const MOST_CHECKS = 25

interface Place {
  id: string
  key: string
  name: string
}

/** Figures across the releases of a span, beside those of the span before. */
export async function readInsights(ctx: Context, query: Record<string, string>): Promise<Result<Insights>> {
  const readable = await readableServices(ctx, "insights.read")
  if (!readable.ok) return readable
  const input = parseInput(insightsQuery, query)
  if (!input.ok) return input
  const span = spanOf(input.value, (await databaseNow()).getTime())
  if (span.toMs <= span.fromMs) return refused("invalid", "It must be after the beginning.", { field: "to" })
  if (span.toMs - span.fromMs > MOST_INSIGHT_DAYS * DAY_MS) {
    return refused("invalid", `That is more than ${MOST_INSIGHT_DAYS} days.`, { field: "from" })
  }
  const { services } = readable.value
  const all = await prisma.service.findMany({
    where: services === null ? {} : { id: { in: services } },
    select: { id: true, key: true, name: true },
    orderBy: { name: "asc" },
  })
  const wanted = input.value.service
  const chosen = wanted === undefined ? all : all.filter(({ key }) => key === wanted)
  if (wanted !== undefined && chosen.length === 0) return refused("not_found", "There is no such service.")
  return done(await figuresOf({ all, chosen, one: wanted !== undefined }, span))
}

function spanOf({ from, to }: { from?: string; to?: string }, nowMs: number): Span {
  const toMs = to ? Date.parse(to) : nowMs
  return { fromMs: from ? Date.parse(from) : toMs - USUAL_INSIGHT_DAYS * DAY_MS, toMs }
}

async function figuresOf(
  { all, chosen, one }: { all: Place[]; chosen: Place[]; one: boolean },
  span: Span,
): Promise<Insights> {
  const before = { fromMs: span.fromMs - (span.toMs - span.fromMs), toMs: span.fromMs }
  const both = { fromMs: before.fromMs, toMs: span.toMs }
  const ids = chosen.map(({ id }) => id)
  const [delivered, waits, checks, titleOf] = await Promise.all([
    readDelivered(ids, both),
    readWaits(ids, both),
    readChecks(ids, before, span),
    itemTitles(ids),
  ])
  const within = ({ fromMs, toMs }: Span) => waits.filter(({ atMs }) => atMs >= fromMs && atMs < toMs)
  const waited = (role: string, during: Span) =>
    spreadOf(
      within(during)
        .filter((wait) => wait.role === role)
        .map(({ waitedMs }) => waitedMs),
    )
  const [first] = chosen
  return {
    ...{ span: written(span), before: written(before) },
    service: one && first ? placeOf(first) : null,
    services: all.map(placeOf),
    figures: deliveryFigures(delivered, span),
    previous: deliveryFigures(delivered, before),
    weeks: deliveryWeeks(delivered, span).map(({ startMs, live, failed }) => ({ start: iso(startMs), live, failed })),
    byService: chosen.map((service) => {
      const mine = ofService(delivered, service.id)
      return {
        service: placeOf(service),
        figures: deliveryFigures(mine, span),
        previous: deliveryFigures(mine, before),
      }
    }),
    signoffs: signoffRoles.map((role) => ({ role, waited: waited(role, span), before: waited(role, before) })),
    checks: flakiest(checks).map(({ serviceId, itemKey, recent: _recent, ...counts }) => {
      const earlier = checks.find((one) => !one.recent && one.serviceId === serviceId && one.itemKey === itemKey)
      const service = chosen.find(({ id }) => id === serviceId)
      return {
        ...{ service: service ? placeOf(service) : { key: "", name: "" }, itemKey, title: titleOf(serviceId, itemKey) },
        ...counts,
        before: earlier ? { runs: earlier.runs, failures: earlier.failures, flips: earlier.flips } : null,
      }
    }),
  }
}

/** Those whose result changed most often without a new commit; of the same, those that failed more often. */
function flakiest(checks: readonly CheckCounts[]): CheckCounts[] {
  return checks
    .filter(({ recent }) => recent)
    .sort((a, b) => b.flips - a.flips || b.failures - a.failures || b.runs - a.runs || (a.itemKey < b.itemKey ? -1 : 1))
    .slice(0, MOST_CHECKS)
}

function ofService({ releases, incidents, rollbacks }: Delivered, id: string): Delivered {
  const mine = <T extends { serviceId: string }>(rows: readonly T[]) => rows.filter(({ serviceId }) => serviceId === id)
  return { releases: mine(releases), incidents: mine(incidents), rollbacks: mine(rollbacks) }
}

const placeOf = ({ key, name }: Place) => ({ key, name })
const iso = (ms: number) => new Date(ms).toISOString()
const written = ({ fromMs, toMs }: Span) => ({ from: iso(fromMs), to: iso(toMs) })

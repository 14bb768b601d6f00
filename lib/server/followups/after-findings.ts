import type { AfterFinding } from "@/lib/domain/followup/decide-after-due"
import { HOURS, judgeFirstDay, judgeLastDay } from "@/lib/domain/followup/judge-spans"
import type { ReleaseState } from "@/lib/domain/release/state"
import { activeReviews } from "@/lib/domain/review/active-reviews"
import { metricRule } from "@/lib/playbook/sections/rule"
import type { ReleaseInHand } from "@/lib/server/commit/release-in-hand"
import type { Tx } from "@/lib/server/db"
import { readSpans } from "@/lib/server/runs/read-readings"
import { Prisma } from "@/prisma/generated/client/client"

const HOUR_MS = 3_600_000

/** What the readings and the record say about the three days' list, item by item; items of people are left out. */
export async function afterFindings({ tx, state, playbook, now }: ReleaseInHand): Promise<AfterFinding[]> {
  const spanMs = HOUR_MS * state.timeScale
  const switchedMs = Date.parse(state.switchedAt ?? "")
  const findings: AfterFinding[] = []
  for (const { key, rule, record } of playbook.after72h) {
    const followupKey = `after:${key}`
    if (rule) {
      const span = { metric: rule.metric, fromMs: now.getTime() - HOURS * spanMs, spanMs, spans: HOURS }
      findings.push({ followupKey, ...judgeLastDay(metricRule(rule), await readSpans(tx, state.id, span)) })
    } else if (record === "no_critical_incident") {
      const span = { metric: null, fromMs: switchedMs, spanMs, spans: HOURS }
      const until = new Date(switchedMs + HOURS * spanMs)
      const critical = await criticalUntil(tx, state, until)
      findings.push({ followupKey, ...judgeFirstDay(critical, await readSpans(tx, state.id, span)) })
    } else if (record === "review_scheduled") {
      const [review] = activeReviews(state)
      const words = review ? `${review.title}, ${review.startAt}.` : "No review is scheduled."
      findings.push({ followupKey, ok: review !== undefined, words })
    }
  }
  return findings
}

/** From the record and not from the state, which only knows an incident's severity and a threshold's breach as they are now. */
async function criticalUntil(tx: Tx, { id }: ReleaseState, until: Date): Promise<string[]> {
  const rows = await tx.$queryRaw<{ type: string; title: string | null }[]>(Prisma.sql`
    SELECT type, data->>'title' AS title FROM "Event"
    WHERE "releaseId" = ${id}::uuid AND at <= ${until} AND (
      type IN ('incident.declared', 'incident.severity_changed') AND data->>'severity' = 'critical'
      OR type = 'threshold.breached' AND data->>'level' = 'critical')
    ORDER BY seq`)
  return [...new Set(rows.map(({ title }) => title ?? "an incident became critical"))]
}

import type { Deliveries, Delivery } from "@/lib/contracts/api/deliveries"
import { deploymentReportSchema } from "@/lib/contracts/deployment-report"
import type { Context } from "@/lib/server/access/context"
import { prisma } from "@/lib/server/db"
import { accessRelease } from "@/lib/server/releases/access-release"
import { done, type Result } from "@/lib/server/result"
import type { Outbox } from "@/prisma/generated/client/client"

const MOST = 200

/** What a release owes to the outside or has told it, with the failures that there were. */
export async function listDeliveries(ctx: Context, releaseId: string): Promise<Result<Deliveries>> {
  const found = await accessRelease(ctx, "release.read", releaseId)
  if (!found.ok) return found
  const rows = await prisma.outbox.findMany({
    where: { releaseId, kind: "deployment_report" },
    orderBy: { seq: "desc" },
    take: MOST,
  })
  return done({ deliveries: rows.map(delivery) })
}

function delivery(row: Outbox): Delivery {
  const status = statusOf(row)
  return {
    ...{ id: row.id, kind: row.kind, words: wordsOf(row), status, attempts: row.attempts },
    createdAt: row.createdAt.toISOString(),
    deliveredAt: row.deliveredAt?.toISOString() ?? null,
    nextTryAt: status === "retrying" ? row.nextTryAt.toISOString() : null,
    lastError: row.lastError,
  }
}

function statusOf({ deliveredAt, givenUpAt, lastError }: Outbox): Delivery["status"] {
  if (deliveredAt) return "delivered"
  if (givenUpAt) return "given_up"
  return lastError ? "retrying" : "waiting"
}

function wordsOf({ payload }: Outbox): string {
  const { data } = deploymentReportSchema.safeParse(payload)
  return data ? `${data.report.environment}: ${data.report.state.replace("_", " ")}. ${data.report.description}` : ""
}

import type { Deliveries } from "@/lib/contracts/api/deliveries"
import { mayPerform } from "@/lib/domain/access/policy"
import type { Context } from "@/lib/server/access/context"
import { prisma } from "@/lib/server/db"
import { accessRelease } from "@/lib/server/releases/access-release"
import { done, type Result } from "@/lib/server/result"
import { deliveryViews } from "./delivery-view"

const MOST = 200

/**
 * What a release owes to the outside or has told it, with the failures that there were: reports to the repository's host,
 * and notifications for those who may see channels.
 */
export async function listDeliveries(ctx: Context, releaseId: string): Promise<Result<Deliveries>> {
  const found = await accessRelease(ctx, "release.read", releaseId)
  if (!found.ok) return found
  const kinds = ["deployment_report"]
  if (mayPerform(found.value.access.roles, "channel.read")) kinds.push("notification")
  const rows = await prisma.outbox.findMany({
    where: { releaseId, kind: { in: kinds } },
    orderBy: { seq: "desc" },
    take: MOST,
  })
  return done({ deliveries: await deliveryViews(rows) })
}

import { z } from "zod"
import type { Delivery, DeliveryStatus } from "@/lib/contracts/api/deliveries"
import { deploymentReportSchema } from "@/lib/contracts/deployment-report"
import { prisma } from "@/lib/server/db"
import type { Outbox } from "@/prisma/generated/client/client"

/** Messages of the outbox as people read them, with the names of what they belong to. */
export async function deliveryViews(rows: readonly Outbox[]): Promise<Delivery[]> {
  const ids = (of: (row: Outbox) => string | null) => [...new Set(rows.flatMap((row) => of(row) ?? []))]
  const [channels, releases] = await Promise.all([
    prisma.channel.findMany({
      where: { id: { in: ids(({ channelId }) => channelId) } },
      select: { id: true, name: true, kind: true },
    }),
    prisma.release.findMany({
      where: { id: { in: ids(({ releaseId }) => releaseId) } },
      select: { id: true, name: true },
    }),
  ])
  return rows.map((row) => {
    const status = statusOf(row)
    return {
      ...{ id: row.id, seq: String(row.seq), kind: row.kind, words: wordsOf(row), attempts: row.attempts },
      ...{ status, tag: `${status}-${row.nextTryAt.getTime()}` },
      createdAt: row.createdAt.toISOString(),
      deliveredAt: row.deliveredAt?.toISOString() ?? null,
      nextTryAt: status === "retrying" ? row.nextTryAt.toISOString() : null,
      lastError: row.lastError,
      topic: row.topic,
      channel: channels.find(({ id }) => id === row.channelId) ?? null,
      release: releases.find(({ id }) => id === row.releaseId) ?? null,
    }
  })
}

function statusOf({ deliveredAt, givenUpAt, lastError }: Outbox): DeliveryStatus {
  if (deliveredAt) return "delivered"
  if (givenUpAt) return "given_up"
  return lastError ? "retrying" : "waiting"
}

const told = z.object({ notification: z.object({ title: z.string() }) })

function wordsOf({ kind, payload }: Outbox): string {
  if (kind === "notification") return told.safeParse(payload).data?.notification.title ?? ""
  const { data } = deploymentReportSchema.safeParse(payload)
  return data ? `${data.report.environment}: ${data.report.state.replace("_", " ")}. ${data.report.description}` : ""
}

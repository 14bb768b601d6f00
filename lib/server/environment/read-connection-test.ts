import { setTimeout as delay } from "node:timers/promises"
import { z } from "zod"
import { type ConnectionTestView, readTestQuery } from "@/lib/contracts/api/environments"
import type { Context } from "@/lib/server/access/context"
import { prisma } from "@/lib/server/db"
import { subscribe } from "@/lib/server/events/doorbell"
import { parseInput } from "@/lib/server/parse-input"
import { done, type Result, refused } from "@/lib/server/result"
import { accessEnvironment, type EnvironmentPlace } from "./access-environment"
import { connectionTestColumns, connectionTestView } from "./connection-test-view"

/** Where the ring is missed, it is looked at again after this. */
const LOOK_MS = 2_000

/** A test as it stands, or as it ended within `waitSeconds`. */
export async function readConnectionTest(
  ctx: Context,
  { test: id, ...place }: EnvironmentPlace & { test: string },
  query: unknown,
  signal: AbortSignal,
): Promise<Result<{ test: ConnectionTestView }>> {
  const found = await accessEnvironment(ctx, "environment.test", place)
  if (!found.ok) return found
  const input = parseInput(readTestQuery, query)
  if (!input.ok) return input
  const environmentId = found.value.environment.id
  const read = () => prisma.connectionTest.findFirst({ where: { id, environmentId }, select: connectionTestColumns })
  const untilMs = performance.now() + input.value.waitSeconds * 1_000
  let rung = new AbortController()
  const leave = subscribe(`environment:${environmentId}`, () => rung.abort())
  try {
    for (;;) {
      rung = new AbortController()
      const row = z.uuid().safeParse(id).success ? await read() : null
      if (!row) return refused("not_found", "There is no such test.")
      const leftMs = untilMs - performance.now()
      if (row.finishedAt || leftMs <= 0 || signal.aborted) return done({ test: connectionTestView(row) })
      await delay(Math.min(LOOK_MS, leftMs), null, { signal: AbortSignal.any([signal, rung.signal]) }).catch(() => null)
    }
  } finally {
    leave()
  }
}

import { randomUUID } from "node:crypto"
import { type ConnectionTestView, testConnectionRequest } from "@/lib/contracts/api/environments"
import type { Context } from "@/lib/server/access/context"
import { databaseNow } from "@/lib/server/clock"
import { prisma } from "@/lib/server/db"
import { ring } from "@/lib/server/events/doorbell"
import { parseInput } from "@/lib/server/parse-input"
import { done, type Result, refused } from "@/lib/server/result"
import type { Prisma } from "@/prisma/generated/client/client"
import { accessEnvironment, type EnvironmentPlace } from "./access-environment"
import { connectionTestColumns, connectionTestView } from "./connection-test-view"
import { parseEnvironmentConfig } from "./parse-config"

/** Asked for and not ended, of one environment: more are refused. */
const MOST_WAITING = 5
/** What the console looked at by itself so lately is not looked at again. */
const FRESH_MS = 10 * 60_000

/** Asks the workers to look at an environment's platform without changing anything. A draft takes the right to edit. */
export async function askConnectionTest(
  ctx: Context,
  place: EnvironmentPlace,
  body: unknown,
): Promise<Result<{ test: ConnectionTestView }>> {
  const found = await accessEnvironment(ctx, "environment.test", place)
  if (!found.ok) return found
  const input = parseInput(testConnectionRequest, body ?? {})
  if (!input.ok) return input
  let { config } = found.value.environment
  const saved = input.value.config === undefined
  if (!saved) {
    const mayEdit = await accessEnvironment(ctx, "environment.edit", place)
    if (!mayEdit.ok) return mayEdit
    const parsed = parseEnvironmentConfig(input.value.config)
    if (!parsed.ok) return parsed
    config = parsed.value
  }
  const { environment, access } = found.value
  const waiting = await prisma.connectionTest.count({
    where: { environmentId: environment.id, status: { in: ["queued", "running"] } },
  })
  if (waiting >= MOST_WAITING) {
    return refused("rate_limited", `${waiting} tests of this environment are under way. Wait for one of them.`)
  }
  const by = { askedById: access.person.id, askedByName: access.person.name }
  const row = await create({ environmentId: environment.id, config, saved, ...by })
  return done({ test: connectionTestView(row) })
}

/** The console's own look, when a release is made: what is live, so that the release can be compared with it. */
export async function lookAtEnvironment(environmentId: string, config: unknown): Promise<void> {
  const now = await databaseNow()
  const lately = await prisma.connectionTest.findFirst({
    where: { environmentId, saved: true, createdAt: { gt: new Date(now.getTime() - FRESH_MS) } },
    select: { id: true },
  })
  if (!lately) await create({ environmentId, config, saved: true, askedById: null, askedByName: "Golive" })
}

/** New settings are looked at as soon as they are saved: a query that returns nothing is said now, not during the watch. */
export async function lookAtSavedSettings(
  environmentId: string,
  config: unknown,
  by: { id: string; name: string },
): Promise<void> {
  await create({ environmentId, config, saved: true, askedById: by.id, askedByName: by.name })
}

async function create(data: {
  environmentId: string
  config: unknown
  saved: boolean
  askedById: string | null
  askedByName: string
}) {
  const row = await prisma.connectionTest.create({
    data: {
      ...{ ...data, id: randomUUID(), config: data.config as Prisma.InputJsonObject },
      createdAt: await databaseNow(),
    },
    select: connectionTestColumns,
  })
  ring("connection-tests")
  return row
}

import type { EnvironmentView, LiveVersionView } from "@/lib/contracts/api/environments"
import { mayPerform } from "@/lib/domain/access/policy"
import { environmentConfigSchema } from "@/lib/domain/environment/config"
import { type Context, rolesFor } from "@/lib/server/access/context"
import { databaseNow } from "@/lib/server/clock"
import { environmentFactsOf, readEnvironmentFacts } from "@/lib/server/commit/environment-facts"
import { prisma } from "@/lib/server/db"
import { done, type Result } from "@/lib/server/result"
import { accessEnvironment, type EnvironmentPlace } from "./access-environment"
import { connectionTestColumns, connectionTestView } from "./connection-test-view"
import { type LiveVersion, lastKnownLive, readLiveVersions } from "./live-versions"

const HISTORY = 30

/** All about one environment: what is live and was, who holds or locked it, how it is set up (for those who may edit it). */
export async function readEnvironment(ctx: Context, place: EnvironmentPlace): Promise<Result<EnvironmentView>> {
  const found = await accessEnvironment(ctx, "environment.read", place)
  if (!found.ok) return found
  const { environment, access } = found.value
  const roles = ctx.person ? rolesFor(ctx.person, environment.serviceId) : []
  const may = {
    edit: mayPerform(roles, "environment.edit"),
    test: mayPerform(roles, "environment.test"),
    unlock: mayPerform(roles, "environment.unlock"),
  }
  const [now, row, facts, history, live, lastTest] = await Promise.all([
    databaseNow(),
    prisma.environment.findUniqueOrThrow({
      where: { id: environment.id },
      select: { config: true, configRevision: true, service: { select: { name: true } } },
    }),
    readEnvironmentFacts(prisma, environment.id),
    readLiveVersions(environment.id, HISTORY),
    lastKnownLive(environment.id),
    prisma.connectionTest.findFirst({
      where: { environmentId: environment.id, saved: true },
      orderBy: { createdAt: "desc" },
      select: connectionTestColumns,
    }),
  ])
  const { lock, active } = environmentFactsOf(facts)
  return done({
    service: { key: environment.serviceKey, name: row.service.name },
    environment: { id: environment.id, key: environment.key, name: environment.name },
    // A program's token stands for no more than reading what anyone may see.
    config: may.edit && access.actor.tokenId === undefined ? environmentConfigSchema.parse(row.config) : null,
    configRevision: row.configRevision,
    live: live ? liveVersionView(live) : null,
    history: history.map(liveVersionView),
    ...{ lock, active, may },
    serverNow: now.toISOString(),
    lastTest: lastTest && may.test ? connectionTestView(lastTest) : null,
  })
}

function liveVersionView({ at, ...rest }: LiveVersion): LiveVersionView {
  return { at: at.toISOString(), ...rest }
}

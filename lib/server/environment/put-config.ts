import type { z } from "zod"
import { putConfigRequest, type putConfigResponse } from "@/lib/contracts/api/environments"
import type { Context } from "@/lib/server/access/context"
import { recordSecurityEvent } from "@/lib/server/access/record-security-event"
import { storable } from "@/lib/server/crypto/storable"
import { prisma, transaction } from "@/lib/server/db"
import { ring } from "@/lib/server/events/doorbell"
import { parseInput } from "@/lib/server/parse-input"
import { done, type Result, refused } from "@/lib/server/result"
import type { Prisma } from "@/prisma/generated/client/client"
import { accessEnvironment, type EnvironmentPlace } from "./access-environment"
import { lookAtSavedSettings } from "./ask-connection-test"
import { parseEnvironmentConfig } from "./parse-config"

/**
 * Changes how an environment is reached, deployed and watched. What is under way goes on as it was planned. Refusals: stale
 * (`detail.current`), and every field at fault, those of the strategy included.
 */
export async function putConfig(
  ctx: Context,
  place: EnvironmentPlace,
  body: unknown,
): Promise<Result<z.output<typeof putConfigResponse>>> {
  const found = await accessEnvironment(ctx, "environment.edit", place)
  if (!found.ok) return found
  const input = parseInput(putConfigRequest, body)
  if (!input.ok) return input
  const config = parseEnvironmentConfig(input.value.config)
  if (!config.ok) return config
  const { environment, access } = found.value
  const changed = await transaction(async (tx) => {
    const { count } = await tx.environment.updateMany({
      where: { id: environment.id, configRevision: input.value.revision },
      data: { config: storable(config.value) as Prisma.InputJsonObject, configRevision: { increment: 1 } },
    })
    if (count === 0) return false
    // Which settings, not what they hold: a setting may name what is better not kept for ever.
    const data = { environmentId: environment.id, changed: changedParts(environment.config, config.value) }
    const event = { type: "environment.configured", userId: access.person.id, address: ctx.address, data }
    await recordSecurityEvent(event, tx)
    return true
  })
  if (changed) {
    ring(`environment:${environment.id}`)
    if (config.value.sources.length > 0) await lookAtSavedSettings(environment.id, config.value, access.person)
    return done({ revision: input.value.revision + 1, config: config.value })
  }
  const current = await prisma.environment.findUniqueOrThrow({
    where: { id: environment.id },
    select: { config: true, configRevision: true },
  })
  return refused("stale", "Somebody else has changed the settings meanwhile.", {
    field: "revision",
    detail: { current: { revision: current.configRevision, config: current.config } },
  })
}

function changedParts(before: unknown, after: Record<string, unknown>): string[] {
  const old = typeof before === "object" && before !== null ? (before as Record<string, unknown>) : {}
  return Object.keys(after).filter((key) => JSON.stringify(old[key]) !== JSON.stringify(after[key]))
}

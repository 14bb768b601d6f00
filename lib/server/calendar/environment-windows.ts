import { type EnvironmentWindows, putWindowsRequest } from "@/lib/contracts/api/calendar"
import type { DeploymentWindow } from "@/lib/domain/window/window"
import type { Context } from "@/lib/server/access/context"
import { prisma } from "@/lib/server/db"
import { accessEnvironment, type EnvironmentPlace } from "@/lib/server/environment/access-environment"
import { parseInput } from "@/lib/server/parse-input"
import { done, type Result, refused } from "@/lib/server/result"
import { Prisma } from "@/prisma/generated/client/client"
import { changeFreezes } from "./change-freezes"
import { playbookWindows } from "./playbook-windows"

export async function readWindows(ctx: Context, place: EnvironmentPlace): Promise<Result<EnvironmentWindows>> {
  const found = await accessEnvironment(ctx, "calendar.read", place)
  return found.ok ? done(await windowsOf(found.value.environment)) : found
}

/** Gives an environment windows of its own, or (null) takes them away. Refusals: stale (`detail.current`). */
export async function putWindows(
  ctx: Context,
  place: EnvironmentPlace,
  body: unknown,
): Promise<Result<EnvironmentWindows>> {
  const found = await accessEnvironment(ctx, "calendar.edit", place)
  if (!found.ok) return found
  const input = parseInput(putWindowsRequest, body)
  if (!input.ok) return input
  const { environment, access } = found.value
  const { revision, windows } = input.value
  const scope = { serviceId: environment.serviceId, environmentId: environment.id }
  const changed = await changeFreezes(ctx, { scope, type: "windows.changed", actor: access.actor }, async (tx) => {
    const { count } = await tx.environment.updateMany({
      where: { id: environment.id, windowsRevision: revision },
      data: { windows: windows ?? Prisma.DbNull, windowsRevision: { increment: 1 } },
    })
    return count === 0 ? null : { result: true, data: { windows } }
  })
  const current = await windowsOf(environment)
  if (changed) return done(current)
  return refused("stale", "Somebody else has changed the windows meanwhile.", {
    field: "revision",
    detail: { current },
  })
}

async function windowsOf({ id, serviceId }: { id: string; serviceId: string }): Promise<EnvironmentWindows> {
  const row = await prisma.environment.findUniqueOrThrow({
    where: { id },
    select: { windows: true, windowsRevision: true },
  })
  const playbooks = (await playbookWindows([serviceId])).get(serviceId) ?? []
  return { revision: row.windowsRevision, windows: row.windows as DeploymentWindow[] | null, playbooks }
}

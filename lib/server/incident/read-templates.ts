import type { z } from "zod"
import type { filledTemplatesSchema } from "@/lib/contracts/api/incidents"
import { fillTemplate } from "@/lib/domain/incident/fill-template"
import { findIncident } from "@/lib/domain/incident/find-incident"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { Context } from "@/lib/server/access/context"
import { databaseNow } from "@/lib/server/clock"
import { prisma } from "@/lib/server/db"
import { frozenPlaybook } from "@/lib/server/playbooks/frozen-playbook"
import { accessRelease } from "@/lib/server/releases/access-release"
import { noSuchRelease } from "@/lib/server/releases/find-release"
import { done, type Result } from "@/lib/server/result"
import type { IncidentAddress } from "./incident-address"
import { incidentUrl } from "./incident-url"

/** The playbook's messages with what is known of the incident filled in: drafts for people to read and change. */
export async function readTemplates(
  ctx: Context,
  { id: releaseId, incidentId }: IncidentAddress,
): Promise<Result<z.output<typeof filledTemplatesSchema>>> {
  const access = await accessRelease(ctx, "release.read", releaseId)
  if (!access.ok) return access
  const row = await prisma.release.findUnique({
    where: { id: releaseId },
    select: { state: true, playbookVersionId: true },
  })
  if (!row) return noSuchRelease
  const state = row.state as unknown as ReleaseState
  const found = findIncident(state, incidentId)
  if (!found.ok) return found
  const { templates = [] } = (await frozenPlaybook(prisma, row.playbookVersionId)).incident
  const nowIso = (await databaseNow()).toISOString()
  const facts = { state, incident: found.incident, url: incidentUrl(releaseId), nowIso }
  return done({ templates: templates.map((template) => fillTemplate(template, facts)) })
}

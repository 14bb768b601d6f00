import { randomUUID } from "node:crypto"
import { addIncidentActionRequest } from "@/lib/contracts/api/reports"
import { decideIncidentAction } from "@/lib/domain/followup/decide-incident-action"
import type { Context } from "@/lib/server/access/context"
import { findAssignee } from "@/lib/server/people/find-assignee"
import { type Changed, changeRelease } from "@/lib/server/releases/change-release"
import type { Result } from "@/lib/server/result"

/** Writes down what is to be changed so that an incident does not happen again, with who sees to it. */
export function addIncidentAction(
  ctx: Context,
  releaseId: string,
  incidentId: string,
  body: unknown,
): Promise<Result<Changed<{ key: string }>>> {
  return changeRelease<typeof addIncidentActionRequest, { key: string }>(
    ctx,
    { releaseId, action: "followup.edit", schema: addIncidentActionRequest, body },
    async ({ tx, state }, { title, detail = null, assigneeId = null, dueAt = null }, { actor }) => {
      const assignee = await findAssignee(tx, assigneeId)
      if (assignee && "code" in assignee) return { ok: false, refusal: assignee }
      const key = `action-${randomUUID().slice(0, 8)}`
      const due = dueAt && new Date(dueAt).toISOString()
      const decision = decideIncidentAction(state, { incidentId, key, title, detail, assignee, dueAt: due }, actor)
      return { decision, result: { key } }
    },
  )
}

import type { z } from "zod"
import type {
  approveOverrideRequest,
  patchItemRequest,
  requestOverrideRequest,
  signRequest,
  withdrawOverrideRequest,
} from "@/lib/contracts/api/requests"
import type { SignoffRole } from "@/lib/domain/access/roles"
import { request } from "./api"

type Body<T extends z.ZodType> = z.input<T>

/** Every write of a release, named after its verb. Each throws `ApiProblem`; what changed comes back on the stream. */
export function releaseMutations(releaseId: string) {
  const at = `/releases/${releaseId}`
  const text = encodeURIComponent
  return {
    patchItem: ({ key, ...body }: Body<typeof patchItemRequest> & { key: string }) =>
      request("PATCH", `${at}/checklist/${text(key)}`, body),
    runCheck: (key: string) => request("POST", `${at}/checklist/${text(key)}/check`, {}),

    sign: ({ role, ...body }: Body<typeof signRequest> & { role: SignoffRole }) =>
      request("POST", `${at}/signoffs/${role}`, body),
    withdraw: ({ role, reason }: { role: SignoffRole; reason: string }) =>
      request("DELETE", `${at}/signoffs/${role}`, { reason }),
    reopen: ({ role, reason }: { role: SignoffRole; reason: string }) =>
      request("POST", `${at}/signoffs/${role}/reopen`, { reason }),

    requestOverride: (body: Body<typeof requestOverrideRequest>) => request("POST", `${at}/override`, body),
    approveOverride: (body: Body<typeof approveOverrideRequest>) => request("POST", `${at}/override/approve`, body),
    withdrawOverride: (body: Body<typeof withdrawOverrideRequest>) => request("DELETE", `${at}/override`, body),

    startDeploy: () => request("POST", `${at}/deploy`, {}),
    abort: (reason?: string) => request("POST", `${at}/abort`, reason ? { reason } : {}),
    confirmStep: ({ runId, stepKey, note }: { runId: string; stepKey: string; note?: string }) =>
      request("POST", `${at}/steps/${runId}/${text(stepKey)}/confirm`, note ? { note } : {}),
    skipStep: ({ runId, stepKey, reason }: { runId: string; stepKey: string; reason: string }) =>
      request("POST", `${at}/steps/${runId}/${text(stepKey)}/skip`, { reason }),

    startRollback: (body: { reason: string; triggerKey?: string }) => request("POST", `${at}/rollback`, body),
    stopRollback: (reason: string) => request("POST", `${at}/rollback/stop`, { reason }),
    close: (note?: string) => request("POST", `${at}/close`, note ? { note } : {}),
  }
}

/** `POST /environments/:service/:environment/unlock`. */
export function unlockEnvironment(body: { service: string; environment: string; reason: string }) {
  return request("POST", `/environments/${body.service}/${body.environment}/unlock`, { reason: body.reason })
}

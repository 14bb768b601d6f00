import type { z } from "zod"
import type { handOverWatchRequest, judgeRoundRequest, scheduleReviewRequest } from "@/lib/contracts/api/first-days"
import type {
  addEvidenceRequest,
  addFileQuery,
  approveOverrideRequest,
  extendWatchRequest,
  patchFollowupRequest,
  patchItemRequest,
  proveRequest,
  requestOverrideRequest,
  withdrawOverrideRequest,
} from "@/lib/contracts/api/requests"
import type { cancelScheduleRequest, setScheduleRequest } from "@/lib/contracts/api/schedule"
import type { signRequest, withdrawRequest } from "@/lib/contracts/api/signoffs"
import type { SignoffRole } from "@/lib/domain/access/roles"
import type { RollbackOption } from "@/lib/domain/release/state"
import { request } from "./api"
import { signWithPasskey } from "./sign-with-passkey"
import { upload } from "./upload"

type Body<T extends z.ZodType> = z.input<T>

interface AddedFile {
  key: string
  file: File
  revision?: number
}

function queryOf(fields: Record<string, string | number | undefined>): URLSearchParams {
  const set = Object.entries(fields).filter(([, value]) => value !== undefined && value !== "")
  return new URLSearchParams(set.map(([name, value]) => [name, String(value)]))
}

/** Every write of a release, named after its verb. Each throws `ApiProblem`; what changed comes back on the stream. */
export function releaseMutations(releaseId: string) {
  const at = `/releases/${releaseId}`
  const text = encodeURIComponent
  return {
    patchItem: ({ key, ...body }: Body<typeof patchItemRequest> & { key: string }) =>
      request("PATCH", `${at}/checklist/${text(key)}`, body),
    runCheck: (key: string) => request("POST", `${at}/checklist/${text(key)}/check`, {}),
    prove: (body: Body<typeof proveRequest>) => request("POST", `${at}/prove`, body ?? {}),

    addEvidence: ({ key, ...body }: Body<typeof addEvidenceRequest> & { key: string }) =>
      request("POST", `${at}/checklist/${text(key)}/evidence`, body),
    addFile: (
      { key, file, ...about }: Omit<Body<typeof addFileQuery>, "name" | "revision"> & AddedFile,
      onProgress: (share: number) => void,
    ) => upload(`${at}/checklist/${text(key)}/files?${queryOf({ name: file.name, ...about })}`, file, onProgress),
    removeEvidence: ({ key, id, reason }: { key: string; id: string; reason: string }) =>
      request("DELETE", `${at}/checklist/${text(key)}/evidence/${id}`, reason ? { reason } : {}),

    sign: ({ role, ...body }: Body<typeof signRequest> & { role: SignoffRole }) =>
      request("POST", `${at}/signoffs/${role}`, body),
    signWithPasskey: ({ role, ...body }: Parameters<typeof signWithPasskey>[2] & { role: SignoffRole }) =>
      signWithPasskey(releaseId, role, body),
    withdraw: ({ role, ...body }: Body<typeof withdrawRequest> & { role: SignoffRole }) =>
      request("DELETE", `${at}/signoffs/${role}`, body),
    remind: (roles: SignoffRole[] | null) => request("POST", `${at}/signoffs/remind`, roles ? { roles } : {}),
    reopen: ({ role, reason }: { role: SignoffRole; reason: string }) =>
      request("POST", `${at}/signoffs/${role}/reopen`, { reason }),

    requestOverride: (body: Body<typeof requestOverrideRequest>) => request("POST", `${at}/override`, body),
    approveOverride: (body: Body<typeof approveOverrideRequest>) => request("POST", `${at}/override/approve`, body),
    withdrawOverride: (body: Body<typeof withdrawOverrideRequest>) => request("DELETE", `${at}/override`, body),

    setSchedule: (body: Body<typeof setScheduleRequest>) => request("PUT", `${at}/schedule`, body),
    cancelSchedule: (body: Body<typeof cancelScheduleRequest>) => request("DELETE", `${at}/schedule`, body),

    startDeploy: () => request("POST", `${at}/deploy`, {}),
    pause: (reason: string) => request("POST", `${at}/pause`, { reason }),
    resume: (note?: string) => request("POST", `${at}/resume`, note ? { note } : {}),
    abort: (reason?: string) => request("POST", `${at}/abort`, reason ? { reason } : {}),
    confirmStep: ({ runId, stepKey, note }: { runId: string; stepKey: string; note?: string }) =>
      request("POST", `${at}/steps/${runId}/${text(stepKey)}/confirm`, note ? { note } : {}),
    skipStep: ({ runId, stepKey, reason }: { runId: string; stepKey: string; reason: string }) =>
      request("POST", `${at}/steps/${runId}/${text(stepKey)}/skip`, { reason }),

    extendWatch: (body: Body<typeof extendWatchRequest>) => request("POST", `${at}/verification/extend`, body),
    endWatch: (reason: string) => request("POST", `${at}/verification/end`, { reason }),
    acceptVerification: (reason: string) => request("POST", `${at}/verification/accept`, { reason }),
    patchFollowup: ({ key, ...body }: Body<typeof patchFollowupRequest> & { key: string }) =>
      request("PATCH", `${at}/followups/${text(key)}`, body),

    judgeRound: ({ roundKey, ...body }: Body<typeof judgeRoundRequest> & { roundKey: string }) =>
      request("POST", `${at}/rounds/${text(roundKey)}/judge`, body),
    handOverWatch: (body: Body<typeof handOverWatchRequest>) => request("POST", `${at}/rounds/hand-over`, body),
    scheduleReview: (body: Body<typeof scheduleReviewRequest>) => request("POST", `${at}/reviews`, body),
    moveReview: ({ id, ...body }: Body<typeof scheduleReviewRequest> & { id: string }) =>
      request("PUT", `${at}/reviews/${id}`, body),
    cancelReview: ({ id, reason }: { id: string; reason: string }) =>
      request("POST", `${at}/reviews/${id}/cancel`, { reason }),

    startRollback: (body: { reason: string; triggerKey?: string; option?: RollbackOption }) =>
      request("POST", `${at}/rollback`, body),
    setFlag: ({ flagKey, ...body }: { flagKey: string; on: boolean; reason: string }) =>
      request("POST", `${at}/flags/${text(flagKey)}`, body),
    stopRollback: (reason: string) => request("POST", `${at}/rollback/stop`, { reason }),
    close: (note?: string) => request("POST", `${at}/close`, note ? { note } : {}),
  }
}

/** `POST /environments/:service/:environment/unlock`. */
export function unlockEnvironment(body: { service: string; environment: string; reason: string }) {
  return request("POST", `/environments/${body.service}/${body.environment}/unlock`, { reason: body.reason })
}

import { queryOptions } from "@tanstack/react-query"
import { useMemo } from "react"
import type { z } from "zod"
import type {
  changeSeverityRequest,
  declareIncidentRequest,
  filledTemplatesSchema,
  giveIncidentRoleRequest,
  postMessageRequest,
  resolveIncidentRequest,
  tickIncidentActionRequest,
} from "@/lib/contracts/api/incidents"
import { request } from "./api"
import { useReleaseConnection } from "./release-context"

type Body<T extends z.ZodType> = z.input<T>

/** Every write of an incident, named after its verb. What changed comes back on the release's stream. */
export function incidentMutations(releaseId: string, incidentId: string) {
  const at = `/releases/${releaseId}/incidents/${incidentId}`
  return {
    acknowledge: () => request("POST", `${at}/acknowledge`, {}),
    changeSeverity: (body: Body<typeof changeSeverityRequest>) => request("POST", `${at}/severity`, body),
    giveRole: (body: Body<typeof giveIncidentRoleRequest>) => request("POST", `${at}/roles`, body),
    tick: (body: Body<typeof tickIncidentActionRequest>) => request("POST", `${at}/ticks`, body),
    note: (text: string) => request("POST", `${at}/notes`, { text }),
    pin: (seq: number, words: string) => request("PUT", `${at}/pins/${seq}`, { words }),
    unpin: (seq: number) => request("DELETE", `${at}/pins/${seq}`, {}),
    post: (body: Body<typeof postMessageRequest>) => request("POST", `${at}/messages`, body),
    resolve: (body: Body<typeof resolveIncidentRequest>) => request("POST", `${at}/resolve`, body),
    reopen: (reason: string) => request("POST", `${at}/reopen`, { reason }),
    stopDeploy: (reason: string) => request("POST", `${at}/stop-deploy`, { reason }),
  }
}

export function useIncidentMutations(incidentId: string) {
  const { releaseId } = useReleaseConnection()
  return useMemo(() => incidentMutations(releaseId, incidentId), [releaseId, incidentId])
}

export function declareIncident(releaseId: string, body: Body<typeof declareIncidentRequest>) {
  return request("POST", `/releases/${releaseId}/incidents`, body)
}

/** Drafts: filled in anew each time, because what they say changes. */
export function templatesQuery(releaseId: string, incidentId: string) {
  return queryOptions({
    queryKey: ["incident-templates", incidentId],
    queryFn: ({ signal }) =>
      request<z.output<typeof filledTemplatesSchema>>(
        "GET",
        `/releases/${releaseId}/incidents/${incidentId}/templates`,
        undefined,
        signal,
      ),
    staleTime: 0,
    gcTime: 0,
    retry: 1,
  })
}

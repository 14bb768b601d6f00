import { queryOptions } from "@tanstack/react-query"
import type { z } from "zod"
import type {
  createOverrideRequest,
  createRotaRequest,
  feedIssuedSchema,
  feedRevokedSchema,
  Oncall,
  OverrideView,
  patchRotaRequest,
  RotaView,
  Shifts,
} from "@/lib/contracts/api/oncall"
import { request } from "./api"

type Body<T extends z.ZodType> = z.input<T>
const REFRESH_MS = 30_000

/** Who is called now: of a service by its key, or of all. No stream carries it: it is asked for again and again. */
export function oncallQuery(service = "") {
  return queryOptions({
    queryKey: ["oncall", "now", service],
    queryFn: ({ signal }) =>
      request<Oncall>("GET", `/oncall${service ? `?${new URLSearchParams({ service })}` : ""}`, undefined, signal),
    staleTime: 5_000,
    refetchInterval: REFRESH_MS,
    retry: 1,
  })
}

export function shiftsQuery({ fromMs, toMs }: { fromMs: number; toMs: number }) {
  const query = new URLSearchParams({ from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() })
  return queryOptions({
    queryKey: ["oncall", "shifts", query.toString()],
    queryFn: ({ signal }) => request<Shifts>("GET", `/oncall/shifts?${query}`, undefined, signal),
    staleTime: 5_000,
    refetchInterval: REFRESH_MS,
    retry: 1,
  })
}

const rotas = "/oncall/rotas"
export const oncallMutations = {
  createRota: (body: Body<typeof createRotaRequest>) => request<{ rota: RotaView }>("POST", rotas, body),
  patchRota: (id: string, body: Body<typeof patchRotaRequest>) =>
    request<{ rota: RotaView }>("PATCH", `${rotas}/${id}`, body),
  removeRota: (id: string, revision: number) => request<{ id: string }>("DELETE", `${rotas}/${id}`, { revision }),
  createOverride: (id: string, body: Body<typeof createOverrideRequest>) =>
    request<{ override: OverrideView; rota: RotaView }>("POST", `${rotas}/${id}/overrides`, body),
  cancelOverride: (id: string, overrideId: string) =>
    request<{ override: OverrideView; rota: RotaView }>("DELETE", `${rotas}/${id}/overrides/${overrideId}`),
  issueFeed: (id: string) => request<z.infer<typeof feedIssuedSchema>>("POST", `${rotas}/${id}/feed`),
  revokeFeed: (id: string) => request<z.infer<typeof feedRevokedSchema>>("DELETE", `${rotas}/${id}/feed`),
}

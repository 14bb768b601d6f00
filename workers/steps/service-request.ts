import type { EnvironmentConfig } from "@/lib/domain/environment/config"
import { createGuardedHttp } from "@/lib/server/http/guarded-http"

export interface ServiceRequestOptions {
  method?: string
  headers?: Record<string, string>
  body?: string
  timeoutMs: number
  signal: AbortSignal
}

/** Requests of an environment's addresses, behind the fence that the environment's configuration sets. */
export function serviceRequest({ allowPrivateNetwork }: Pick<EnvironmentConfig, "allowPrivateNetwork">) {
  return async (url: string, { signal, ...request }: ServiceRequestOptions) => {
    // A signal of its own for each: hundreds of requests in flight would otherwise listen to one.
    const http = createGuardedHttp({ allowPrivateNetwork, signal: AbortSignal.any([signal]) })
    const { status, headers, body } = await http({ url, ...request })
    return { status, headers, body }
  }
}

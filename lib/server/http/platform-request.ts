import type { PlatformRequest } from "@/lib/strategies/contract"
import { createGuardedHttp } from "./guarded-http"

/** Requests to a platform's interface: the same fence as for checks, whatever the strategy's settings name as its address. */
export function createPlatformRequest({ allowPrivateNetwork }: { allowPrivateNetwork: boolean }): PlatformRequest {
  return ({ signal, tls, ...wanted }) => {
    const { allowInvalid, ...rest } = tls ?? {}
    return createGuardedHttp({ allowPrivateNetwork, signal })({
      ...wanted,
      ...(tls ? { tls: { ...rest, ...(allowInvalid ? { allowInvalid: true as const } : {}) } } : {}),
    })
  }
}

import type { MaintenancePorts } from "@/lib/maintenance/contract"
import { createGuardedHttp } from "@/lib/server/http/guarded-http"
import { createPlatformRequest } from "@/lib/server/http/platform-request"
import { runProcess } from "@/lib/server/process/run-process"

/** The real ports of a maintenance provider, for services on this machine. */
export function maintenancePorts(more: Partial<MaintenancePorts> = {}): MaintenancePorts {
  const signal = more.signal ?? new AbortController().signal
  const fence = { allowPrivateNetwork: true }
  return {
    request: createGuardedHttp({ ...fence, signal }),
    platform: createPlatformRequest(fence),
    runProcess,
    workDirectory: "/nonexistent",
    publicUrl: "http://127.0.0.1:1/",
    signal,
    ...more,
  }
}

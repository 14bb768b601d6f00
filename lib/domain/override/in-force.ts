import type { WindowOverride } from "@/lib/domain/release/state"

/** Whether an approved override lets the start pass a closed window at this moment. */
export function overrideInForce(override: WindowOverride | null, nowMs: number): boolean {
  return override !== null && override.expiresAt !== null && nowMs < Date.parse(override.expiresAt)
}

import type { WindowOverride } from "@/lib/domain/release/state"
import type { Freeze } from "@/lib/domain/window/freeze"

/** Whether an approved override lets the start pass a closed window at this moment. */
export function overrideInForce(
  override: WindowOverride | null,
  nowMs: number,
): override is WindowOverride & { expiresAt: string } {
  return override !== null && override.expiresAt !== null && nowMs < Date.parse(override.expiresAt)
}

/**
 * Whether it lets the start pass this freeze: one that it names, as it was when it was asked for. A freeze that was made or
 * changed later is one that nobody has spoken about.
 */
export function passesFreeze(override: WindowOverride | null, { id, changedAt }: Freeze, nowMs: number): boolean {
  return (
    overrideInForce(override, nowMs) &&
    override.freezeIds.includes(id) &&
    Date.parse(changedAt) <= Date.parse(override.requestedAt)
  )
}

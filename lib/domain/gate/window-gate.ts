import { overrideInForce } from "@/lib/domain/override/in-force"
import type { ReleaseState } from "@/lib/domain/release/state"
import { durationInWords } from "@/lib/domain/timeline/duration-in-words"
import { type WindowStatus, windowStatus } from "@/lib/domain/window/window-status"
import type { Blocker } from "./gate-types"

/** `letsIn`: the window is open or overridden. Asked at the start and before each new step of the deploy phase. */
export function windowGate(
  state: Pick<ReleaseState, "window" | "override">,
  nowMs: number,
): { window: WindowStatus; overridden: boolean; letsIn: boolean } {
  const window = windowStatus(state.window, nowMs)
  const overridden = !window.open && overrideInForce(state.override, nowMs)
  return { window, overridden, letsIn: window.open || overridden }
}

export function windowBlockers(state: ReleaseState, nowMs: number): Blocker[] {
  const { window, letsIn } = windowGate(state, nowMs)
  if (letsIn) return []
  return [
    {
      code: "window_closed",
      message: `The deployment window is closed: ${opening(state, window, nowMs)}.`,
      role: "tech_lead",
      href: `/releases/${state.id}/deploy#window`,
    },
  ]
}

function opening({ window: { zone } }: ReleaseState, { opensAt }: WindowStatus, nowMs: number): string {
  if (opensAt === null) return "it does not open in the next two weeks"
  const local = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(Date.parse(opensAt))
  return `it opens in ${durationInWords(Date.parse(opensAt) - nowMs)}, on ${local} (${zone})`
}

import type { EnvironmentFacts } from "@/lib/domain/environment/facts"
import { overrideInForce, passesFreeze } from "@/lib/domain/override/in-force"
import type { ReleaseState } from "@/lib/domain/release/state"
import { durationInWords } from "@/lib/domain/timeline/duration-in-words"
import type { Freeze } from "@/lib/domain/window/freeze"
import { type FreezeStatus, freezeStatus } from "@/lib/domain/window/freeze-status"
import type { DeploymentWindow } from "@/lib/domain/window/window"
import type { WindowStatus } from "@/lib/domain/window/window-status"
import { nextOpening, windowsStatus } from "@/lib/domain/window/windows-status"
import type { Blocker } from "./gate-types"

export type WindowFacts = Pick<EnvironmentFacts, "windows" | "freezes">

export interface WindowGateAnswer {
  /** The windows alone, freezes left out. */
  window: WindowStatus
  freezes: FreezeStatus<Freeze>
  /** When a window is next open and nothing frozen. Null: that is so now, or not in sight. */
  opensAt: string | null
  /** A closed window or a freeze would be in the way, and an approved override lets the start pass. */
  overridden: boolean
  letsIn: boolean
}

/** The windows that hold for a release: the environment's own, else the playbook's. */
export function windowsOf(state: Pick<ReleaseState, "window">, { windows }: Pick<EnvironmentFacts, "windows">) {
  return windows ?? [state.window]
}

/**
 * Asked at the start, by the worker that begins the run, and before each new step of the deploy phase; never of what brings
 * an environment back to where it was. `letsIn`: the window is open and nothing frozen, or an override covers what is.
 */
export function windowGate(
  state: Pick<ReleaseState, "window" | "override">,
  environment: WindowFacts,
  nowMs: number,
): WindowGateAnswer {
  const windows = windowsOf(state, environment)
  const window = windowsStatus(windows, nowMs)
  const freezes = freezeStatus(environment.freezes, nowMs)
  const clear = window.open && freezes.inForce.length === 0
  const passes =
    overrideInForce(state.override, nowMs) &&
    freezes.inForce.every(({ freeze }) => passesFreeze(state.override, freeze, nowMs))
  return {
    window,
    freezes,
    opensAt: clear ? null : nextOpening(windows, environment.freezes, nowMs),
    overridden: !clear && passes,
    letsIn: clear || passes,
  }
}

export function windowBlockers(state: ReleaseState, environment: WindowFacts, nowMs: number): Blocker[] {
  const { window, freezes, opensAt } = windowGate(state, environment, nowMs)
  const blockers: Blocker[] = []
  const clearedAt = { role: "tech_lead", href: `/releases/${state.id}/deploy#window` } as const
  const zone = windowsOf(state, environment)[0]?.zone ?? state.window.zone
  if (!window.open && !overrideInForce(state.override, nowMs)) {
    const message = `The deployment window is closed: ${opening(opensAt, zone, nowMs)}.`
    blockers.push({ code: "window_closed", message, ...clearedAt })
  }
  for (const { freeze, until } of freezes.inForce) {
    if (passesFreeze(state.override, freeze, nowMs)) continue
    blockers.push({ code: "frozen", message: freezeInWords({ freeze, until }, zone), subject: freeze.id, ...clearedAt })
  }
  return blockers
}

/** `Frozen until Mon, 4 Jan, 09:00 (America/New_York): Year end, Nobody is there (by Tess).` */
export function freezeInWords({ freeze, until }: FreezeStatus<Freeze>["inForce"][number], zone: string): string {
  const when = until === null ? "with no end in sight" : `until ${localTime(until, zone)}`
  return `Frozen ${when}: ${freeze.name}, ${freeze.reason.replace(/[.\s]+$/, "")} (by ${freeze.by}).`
}

/** `Mon–Thu` is the playbook's way; here each day is named: `Mon Tue, 09:00–17:00 America/New_York`. */
export function windowInWords({ days, start, end, zone }: DeploymentWindow): string {
  return `${days.map((day) => `${day[0]?.toUpperCase()}${day.slice(1)}`).join(" ")}, ${start}–${end} ${zone}`
}

function opening(opensAt: string | null, zone: string, nowMs: number): string {
  if (opensAt === null) return "no opening is in sight"
  return `it opens in ${durationInWords(Date.parse(opensAt) - nowMs)}, on ${localTime(opensAt, zone)}`
}

function localTime(at: string, zone: string): string {
  const local = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(Date.parse(at))
  return `${local} (${zone})`
}

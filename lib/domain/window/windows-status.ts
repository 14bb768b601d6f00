import type { FreezeRule } from "./freeze"
import { freezesAhead, type Interval, mergeIntervals } from "./freeze-intervals"
import type { DeploymentWindow } from "./window"
import { type WindowStatus, windowStatus } from "./window-status"

const HORIZON_MS = 15 * 86_400_000
/** So many closed windows and freezes in turn are looked past for the next opening. */
const MOST_TURNS = 100

/** Several windows as one: open where one of them is. */
export function windowsStatus(windows: readonly DeploymentWindow[], nowMs: number): WindowStatus {
  const now = windows.map((window) => windowStatus(window, nowMs))
  if (now.some(({ open }) => open)) return { open: true, opensAt: null, closesAt: closing(windows, nowMs) }
  const opensAt = now.flatMap((each) => each.opensAt ?? []).sort()[0] ?? null
  return { open: false, opensAt, closesAt: null }
}

function closing(windows: readonly DeploymentWindow[], nowMs: number): string | null {
  let atMs = nowMs
  while (atMs < nowMs + HORIZON_MS) {
    const open = windows.map((window) => windowStatus(window, atMs)).filter((each) => each.open)
    if (open.length === 0) return new Date(atMs).toISOString()
    const ends = open.map(({ closesAt }) => (closesAt === null ? Number.POSITIVE_INFINITY : Date.parse(closesAt)))
    atMs = Math.max(...ends)
  }
  return null
}

/** The first instant from now on at which a window is open and nothing is frozen. Null: none is in sight. */
export function nextOpening(
  windows: readonly DeploymentWindow[],
  freezes: readonly { rule: FreezeRule }[],
  nowMs: number,
): string | null {
  const ahead = freezes.map(({ rule }) => freezesAhead(rule, nowMs))
  const frozen = mergeIntervals(ahead.flatMap(({ intervals }) => intervals))
  // Beyond this nothing is known of freezes.
  const endMs = Math.min(...ahead.map(({ toMs }) => toMs))
  let atMs = nowMs
  for (let turn = 0; turn < MOST_TURNS && atMs < endMs; turn++) {
    const freeze = frozen.find(({ startMs, endMs }) => startMs <= atMs && atMs < endMs)
    const { open, opensAt } = freeze ? { open: false, opensAt: null } : windowsStatus(windows, atMs)
    if (open) return new Date(atMs).toISOString()
    if (freeze) atMs = freeze.endMs
    else if (opensAt === null) return null
    else atMs = Date.parse(opensAt)
  }
  return null
}

/** When a window is open within `[fromMs, toMs)`, cut off at both. */
export function openIntervals(windows: readonly DeploymentWindow[], fromMs: number, toMs: number): Interval[] {
  const intervals: Interval[] = []
  let atMs = fromMs
  while (atMs < toMs) {
    const { open, opensAt } = windowsStatus(windows, atMs)
    if (!open) {
      if (opensAt === null) break
      atMs = Date.parse(opensAt)
      continue
    }
    const closesAt = closing(windows, atMs)
    const endMs = Math.min(toMs, closesAt === null ? atMs + HORIZON_MS : Date.parse(closesAt))
    intervals.push({ startMs: atMs, endMs })
    atMs = endMs
  }
  return mergeIntervals(intervals).filter(({ startMs }) => startMs < toMs)
}

import type { Look } from "@/components/status/tones"
import { own } from "@/lib/domain/release/own"
import { planRounds } from "@/lib/domain/round/plan-rounds"
import type { Round, RoundBand, RoundItem, Rounds } from "@/lib/domain/round/round-state"

/** open: waits for a person. not_fine: all was looked at, and something was not as it should be. never: the rounds ended before. */
export type CellState = "ahead" | "late" | "open" | "done" | "not_fine" | "missed" | "never"

export interface RoundCell {
  key: string
  band: RoundBand
  n: number
  /** How many its band has. */
  of: number
  dueAt: string
  closesAt: string
  state: CellState
  /** Null: it was not opened yet. */
  round: Round | null
}

export const cellLooks: Record<CellState, Look> = {
  ahead: { tone: "none", word: "Ahead" },
  late: { tone: "busy", word: "Due now" },
  open: { tone: "ready", word: "Open" },
  done: { tone: "pass", word: "Done" },
  not_fine: { tone: "fail", word: "Not fine" },
  missed: { tone: "warn", word: "Missed" },
  never: { tone: "off", word: "Did not come to it" },
}

/** Every round of the day, past and to come, in the order of the plan. */
export function roundCells(rounds: Rounds, timeScale: number, nowMs: number): RoundCell[] {
  const startMs = Date.parse(rounds.startsAt)
  const instant = (ms: number) => new Date(startMs + Math.round(ms * timeScale)).toISOString()
  return rounds.bands.flatMap((band) => {
    const planned = planRounds([band])
    return planned.map(({ key, n, dueMs, closesMs }) => {
      const round = own(rounds.rounds, key) ?? null
      const dueAt = round?.dueAt ?? instant(dueMs)
      const closesAt = round?.closesAt ?? instant(closesMs)
      const state = round ? stateOf(round, rounds) : rounds.ended ? "never" : stateBefore(dueAt, nowMs)
      return { key, band, n, of: planned.length, dueAt, closesAt, state, round }
    })
  })
}

function stateOf(round: Round, { ended }: Rounds): CellState {
  if (round.status === "missed") return "missed"
  if (round.status === "open") return ended ? "never" : "open"
  return Object.values(round.judged).some(({ ok }) => ok === false) ? "not_fine" : "done"
}

function stateBefore(dueAt: string, nowMs: number): CellState {
  return Date.parse(dueAt) <= nowMs ? "late" : "ahead"
}

/** The next round that has not come yet. */
export function nextCell(cells: readonly RoundCell[]): RoundCell | null {
  return cells.filter(({ state }) => state === "ahead" || state === "late").sort(byDue)[0] ?? null
}

const byDue = (a: RoundCell, b: RoundCell) => Date.parse(a.dueAt) - Date.parse(b.dueAt)

/** Rounds that wait for somebody. */
export function openRounds(rounds: Rounds | null): Round[] {
  return rounds && !rounds.ended ? Object.values(rounds.rounds).filter(({ status }) => status === "open") : []
}

/** Rounds that are not closed yet: until then an answer can be given, or changed. The one that closes first is on top. */
export function currentRounds(rounds: Rounds, nowMs: number): Round[] {
  if (rounds.ended) return []
  return Object.values(rounds.rounds)
    .filter(({ status, closesAt }) => status === "open" || (status === "done" && Date.parse(closesAt) > nowMs))
    .sort((a, b) => Date.parse(a.closesAt) - Date.parse(b.closesAt))
}

export interface RoundPart {
  item: RoundItem
  ok: boolean | null
  words: string | null
  by: string | null
  /** It waits for a person's eyes. */
  asksPerson: boolean
}

/** What is looked at in a round, each with its answer, what waits for a person first. */
export function roundParts(round: Round, band: RoundBand | undefined): RoundPart[] {
  const parts = (band?.items ?? []).map((item) => {
    const { ok = null, words = null, by = null } = own(round.judged, item.key) ?? {}
    return { item, ok, words, by, asksPerson: round.status === "open" && ok === null }
  })
  return [...parts.filter((part) => part.asksPerson), ...parts.filter((part) => !part.asksPerson)]
}

export function partLook({ ok, asksPerson }: Pick<RoundPart, "ok" | "asksPerson">): Look {
  if (asksPerson) return { tone: "wait", word: "Waits for you" }
  if (ok === null) return { tone: "off", word: "Not looked at" }
  return ok ? { tone: "pass", word: "Fine" } : { tone: "fail", word: "Not fine" }
}

/** How many cells are in each state, in the order of the legend; what there is none of is left out. */
export function countCells(cells: readonly RoundCell[]): { state: CellState; count: number }[] {
  const states = Object.keys(cellLooks) as CellState[]
  return states
    .map((state) => ({ state, count: cells.filter((cell) => cell.state === state).length }))
    .filter(({ count }) => count > 0)
}

/** Which cell an arrow leads to: along the day, or to the same place in the band above or below. */
export function stepFrom(cells: readonly RoundCell[], at: number, key: string): number | null {
  const last = cells.length - 1
  switch (key) {
    case "ArrowRight":
      return Math.min(last, at + 1)
    case "ArrowLeft":
      return Math.max(0, at - 1)
    case "Home":
      return 0
    case "End":
      return last
    case "ArrowDown":
      return inBand(cells, at, 1)
    case "ArrowUp":
      return inBand(cells, at, -1)
    default:
      return null
  }
}

function inBand(cells: readonly RoundCell[], at: number, by: 1 | -1): number {
  const from = cells[at]
  const bands = [...new Set(cells.map(({ band }) => band.key))]
  const to = from && bands[bands.indexOf(from.band.key) + by]
  if (!from || to === undefined) return at
  const there = cells.filter(({ band }) => band.key === to)
  const target = there[Math.min(there.length, from.n) - 1]
  return target ? cells.indexOf(target) : at
}

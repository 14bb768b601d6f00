import type { Override, Rotation, RotationLayer, Shift } from "./rotation"
import { hoursBetween, personOfTurn, turnAt, turnStart } from "./turns"

/**
 * Who is called when within `[fromMs, toMs)`: one shift after the other without a hole, the gaps as shifts of nobody. Those
 * of one person that touch are one; an override is a shift of its own. The first and the last are cut off at the span.
 */
export function shiftsBetween(
  { zone, layers }: Rotation,
  overrides: readonly Override[],
  fromMs: number,
  toMs: number,
): Shift[] {
  if (!(fromMs < toMs)) return []
  let shifts: Shift[] = [{ startMs: fromMs, endMs: toMs, personId: null, overrideId: null }]
  for (const layer of layers) shifts = overlaid(shifts, layerShifts(layer, zone, fromMs, toMs))
  for (const { id, personId, startMs, endMs } of overrides) {
    const span = { startMs: Math.max(startMs, fromMs), endMs: Math.min(endMs, toMs) }
    if (span.startMs < span.endMs) shifts = overlaid(shifts, [{ ...span, personId, overrideId: id }])
  }
  return merged(shifts)
}

/** A layer's own shifts within the span, in order, without those of nobody. */
function layerShifts(layer: RotationLayer, zone: string, fromMs: number, toMs: number): Shift[] {
  const stretches = layer.hours ? hoursBetween(layer.hours, zone, fromMs, toMs) : [[fromMs, toMs] as const]
  return stretches.flatMap(([begins, ends]) =>
    turnsBetween(layer, zone, Math.max(begins, fromMs), Math.min(ends, toMs)),
  )
}

function turnsBetween(layer: RotationLayer, zone: string, fromMs: number, toMs: number): Shift[] {
  const shifts: Shift[] = []
  let startMs = Math.max(fromMs, turnStart(layer, 0, zone))
  if (startMs >= toMs) return []
  for (let turn = turnAt(layer, startMs, zone); startMs < toMs; turn++) {
    const endMs = Math.min(toMs, turnStart(layer, turn + 1, zone))
    if (startMs < endMs) shifts.push({ startMs, endMs, personId: personOfTurn(layer, turn), overrideId: null })
    startMs = Math.max(startMs, endMs)
  }
  return shifts
}

/** What lies below, where nothing lies on top. Both are in order and do not overlap; the top is within the bottom. */
function overlaid(below: readonly Shift[], top: readonly Shift[]): Shift[] {
  const shifts: Shift[] = []
  let next = 0
  for (const shift of below) {
    let atMs = shift.startMs
    // Those that begin within this shift; one that reaches beyond it covers the beginning of those after it.
    while (next < top.length) {
      const over = top[next]
      if (!over || over.startMs >= shift.endMs) break
      if (over.startMs > atMs) shifts.push({ ...shift, startMs: atMs, endMs: over.startMs })
      atMs = Math.max(atMs, Math.min(over.endMs, shift.endMs))
      if (over.endMs > shift.endMs) break
      shifts.push(over)
      next++
    }
    if (atMs < shift.endMs) shifts.push({ ...shift, startMs: atMs })
  }
  return shifts
}

function merged(shifts: readonly Shift[]): Shift[] {
  const all: Shift[] = []
  for (const shift of shifts) {
    const last = all.at(-1)
    if (last && last.personId === shift.personId && last.overrideId === shift.overrideId) last.endMs = shift.endMs
    else all.push({ ...shift })
  }
  return all
}

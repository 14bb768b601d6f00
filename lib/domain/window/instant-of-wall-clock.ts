import { offsetMs } from "./wall-clock"

const DAY_MS = 86_400_000

/**
 * The instant at which a clock on the wall of a zone shows `2026-11-24T09:30`. A time that comes twice (clocks go back) is
 * the earlier one; a time that never comes (clocks go forward) is the moment at which the clock jumps over it.
 * Throws a RangeError on what is no such text, and on an unknown zone.
 */
export function instantOfWallClock(local: string, zone: string): number {
  const wallMs = Date.parse(`${local}Z`)
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(local) || Number.isNaN(wallMs)) {
    throw new RangeError(`"${local}" is no local date and time: write 2026-11-24T09:30`)
  }
  // The offsets around it: no zone changes its clock twice within two days.
  const [before, after] = [offsetMs(wallMs - DAY_MS, zone), offsetMs(wallMs + DAY_MS, zone)]
  const candidates = [wallMs - before, wallMs - after].filter((atMs) => offsetMs(atMs, zone) === wallMs - atMs)
  if (candidates.length > 0) return Math.min(...candidates)
  return jump(wallMs - after, wallMs - before, zone, before)
}

/** The first whole second between two instants at which the offset is no longer `before`. */
function jump(fromMs: number, toMs: number, zone: string, before: number): number {
  let low = Math.floor(fromMs / 1_000) - 1
  let high = Math.ceil(toMs / 1_000)
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetMs(middle * 1_000, zone) === before) low = middle
    else high = middle
  }
  return high * 1_000
}

import { databaseNow } from "@/lib/server/clock"

const REFRESH_MS = 30_000

/**
 * The console's time without a question to the database each time: measured against it now and then, carried on in between
 * by the clock of this process that never jumps.
 */
export class ConsoleClock {
  private offsetMs = 0
  private measuredAtMs = Number.NEGATIVE_INFINITY

  async refresh(): Promise<void> {
    if (performance.now() - this.measuredAtMs < REFRESH_MS) return
    const now = await databaseNow()
    this.measuredAtMs = performance.now()
    this.offsetMs = now.getTime() - this.measuredAtMs
  }

  nowMs(): number {
    return Math.round(performance.now() + this.offsetMs)
  }

  now(): Date {
    return new Date(this.nowMs())
  }
}

let offsetMs = 0

/** Sets the browser's idea of the server's clock; `receivedAtMs` is when the browser got the answer (its own clock). */
export function syncClock(serverNow: string, receivedAtMs: number): void {
  offsetMs = Date.parse(serverNow) - receivedAtMs
}

/** An event cannot come from the future: one that seems to moves the clock on. */
export function notLaterThanNow(at: string): void {
  offsetMs = Math.max(offsetMs, Date.parse(at) - Date.now())
}

/** Epoch milliseconds by the server's clock. */
export function serverNowMs(): number {
  return Date.now() + offsetMs
}

/** When the document that is shown was received, by the browser's clock. */
export function documentReceivedAtMs(): number {
  const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[]
  return navigation ? performance.timeOrigin + navigation.responseStart : Date.now()
}

/**
 * Calls `send` at a fixed rate whatever becomes of the calls. A late timer makes up for what it missed, up to one second's
 * worth: a process that was frozen does not come back with a flood.
 */
export function startFixedRate(ratePerSecond: number, send: (n: number) => void): () => void {
  const periodMs = 1_000 / ratePerSecond
  let beganMs = performance.now()
  let sent = 0
  let timer = setTimeout(tick, 0)

  function tick() {
    const nowMs = performance.now()
    let due = Math.floor((nowMs - beganMs) / periodMs) + 1
    const most = Math.max(1, Math.ceil(ratePerSecond))
    if (due - sent > most) {
      beganMs += (due - sent - most) * periodMs
      due = sent + most
    }
    while (sent < due) send(sent++)
    timer = setTimeout(tick, Math.max(1, beganMs + sent * periodMs - performance.now()))
  }

  return () => clearTimeout(timer)
}

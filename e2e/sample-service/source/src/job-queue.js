const JOB_MS = 40

/** An in-process queue: one job at a time, in order. While `isStuck()`, jobs only wait. */
export function createJobQueue(isStuck) {
  const waiting = []
  const processed = { "verification-email": 0 }
  let timer = null

  function add(name, data) {
    waiting.push({ name, data })
    timer ??= setTimeout(work, JOB_MS)
  }

  function work() {
    const job = isStuck() ? null : waiting.shift()
    if (job) processed[job.name] = (processed[job.name] ?? 0) + 1
    timer = waiting.length > 0 ? setTimeout(work, JOB_MS) : null
  }

  return {
    add,
    depth: () => waiting.length,
    processed: () => processed,
    close: () => clearTimeout(timer),
  }
}

import { setTimeout as delay } from "node:timers/promises"

const SIZE = 20
/** In a drill: few connections, each of them busy for a while, and little patience. */
const SMALL = { size: 2, waiting: 20, busyMs: 50 }

/** Connections for reads. At most `SIZE` reads run at once, the others wait in order. A released connection is free at once. */
export function createReadPool(onQuery, isSmall = () => false) {
  const waiting = []
  let inUse = 0

  async function read(work) {
    const small = isSmall()
    if (small && waiting.length >= SMALL.waiting) throw new Error("read pool exhausted: too many wait for a connection")
    if (inUse < (small ? SMALL.size : SIZE)) inUse += 1
    else await new Promise((resolve) => waiting.push(resolve))
    const began = performance.now()
    try {
      await delay(small ? SMALL.busyMs : 1 + Math.random() * 3)
      return await work()
    } finally {
      onQuery(performance.now() - began)
      const next = waiting.shift()
      if (next) next()
      else inUse -= 1
    }
  }

  return { read, stats: () => ({ size: SIZE, inUse, waiting: waiting.length }) }
}

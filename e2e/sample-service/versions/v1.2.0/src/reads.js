import { createReadPool } from "./read-pool.js"
import { createRecyclingPool } from "./recycling-pool.js"

/** Where pages and the API read their data from. `onQuery(ms)` is told how long each read took. */
export function createReads(config, onQuery, isSmall) {
  const careful = createReadPool(onQuery, isSmall)
  const recycling = createRecyclingPool(onQuery)
  const pool = () => (config.flags.recycling_pool === false ? careful : recycling)
  return { read: (work) => pool().read(work), stats: () => pool().stats() }
}

import { createReadPool } from "./read-pool.js"
import { createRecyclingPool } from "./recycling-pool.js"

/** Where pages and the API read their data from. `onQuery(ms)` is told how long each read took. */
export function createReads(config, onQuery, isSmall) {
  return config.flags.recycling_pool === false ? createReadPool(onQuery, isSmall) : createRecyclingPool(onQuery)
}

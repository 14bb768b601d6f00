import { createReadPool } from "./read-pool.js"

/** Where pages and the API read their data from. `onQuery(ms)` is told how long each read took. */
export function createReads(_config, onQuery, isSmall) {
  return createReadPool(onQuery, isSmall)
}

/** Deadlock, or a serialisation that failed: Postgres undid the transaction, and doing it again is right. */
const SQL_STATES = ["40P01", "40001"]

export function isTransactionConflict(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ("code" in error && error.code === "P2034") return true
  const text = `${error.message} ${JSON.stringify("meta" in error ? error.meta : "")}`
  return SQL_STATES.some((state) => text.includes(state)) || text.includes("deadlock detected")
}

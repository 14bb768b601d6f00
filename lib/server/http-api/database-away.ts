/** Codes of connections that could not be made or were cut, of node, Postgres and Prisma. */
const CODES = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "57P01",
  "57P02",
  "57P03",
  "08006",
  "08001",
  "P1001",
  "P1017",
  "P2024",
])
const WORDS = /ECONNREFUSED|terminated|timeout exceeded when trying to connect|server closed|the database system is/i

/** Whether an error means that the database cannot be reached at the moment, rather than that something is wrong here. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ("code" in error && typeof error.code === "string" && CODES.has(error.code)) return true
  return WORDS.test(error.message) || isDatabaseAway(error.cause)
}

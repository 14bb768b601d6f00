import { timeLimitMs } from "../duration"
import { openPostgres } from "../open-postgres"
import type { CheckRunner } from "../ports"
import { readPostgresUrl } from "../postgres-url"
import { limitTime } from "../time-limit"
import { findServer, unmetResult } from "../unmet"
import { checkMigrations } from "./check-migrations"
import { checkPool } from "./check-pool"
import { checkQuery } from "./check-query"
import { definition, postgresConfigSchema } from "./definition"
import type { Session } from "./session"

/** Whatever is asked, the one address that the fence let through is connected to, and nothing is written. */
export const run: CheckRunner = async (rawConfig, ports) => {
  const config = postgresConfigSchema.parse(rawConfig)
  const { timeoutMs: defaultMs, longestTimeoutMs } = definition.limits
  const timeoutMs = Math.min(ports.timeoutMs, timeLimitMs(config.timeout, defaultMs, longestTimeoutMs))
  const place = readPostgresUrl(config.url, config)
  // Of a checkout that takes its time the database knows nothing.
  const folder = config.migrations ? await ports.directory() : null
  const limit = limitTime(ports, timeoutMs)
  const fact = (label: string, value: string) => ({ label, value, verdict: "neutral" as const })
  const facts = [fact("Host", `${place.host}, port ${place.port}`), fact("Database", place.database)]
  try {
    const { address } = await findServer(place.host, ports)
    ports.log("info", `Connecting to ${place.host} (${address}), port ${place.port}, database ${place.database}\n`)
    const session: Session = { place, limit, ports, facts, connection: await openPostgres(place, address, limit) }
    // What the server can is known by now: later connections need not ask again.
    const tls = place.tls === "prefer" ? (session.connection.encrypted ? "require" : "off") : place.tls
    const open = () => openPostgres({ ...place, tls }, address, limit)
    facts.push(fact("Encrypted", session.connection.encrypted ? "yes" : "no"))
    try {
      if (config.query) return await checkQuery(config.query, session)
      if (config.migrations && folder) return await checkMigrations(config.migrations, folder, session)
      if (config.pool) return await checkPool(config.pool, session, open)
      throw new Error("The settings ask for nothing")
    } finally {
      await session.connection.close()
    }
  } catch (error) {
    ports.log("err", `${error instanceof Error ? error.message : String(error)}\n`)
    return unmetResult(error, ports, limit, [{ type: "facts", facts }])
  } finally {
    limit.end()
  }
}

import { Prisma } from "@/prisma/generated/client/client"
import { type Db, prisma } from "./db"
import { env } from "./env"

/**
 * The instant now, as SQL. Leases, windows and timers go by the database's clock: it is the one clock that all processes
 * share, and a machine whose clock jumps cannot fire anything twice.
 */
export function nowSql(): Prisma.Sql {
  return Prisma.sql`(clock_timestamp() + make_interval(secs => ${env().GOLIVE_CLOCK_OFFSET_MS / 1000}::double precision))`
}

/** The console's time, to the millisecond. */
export async function databaseNow(db: Db = prisma): Promise<Date> {
  const [row] = await db.$queryRaw<{ now: Date }[]>(Prisma.sql`SELECT ${nowSql()}::timestamptz(3) AS now`)
  if (!row) throw new Error("the database did not say what time it is")
  return row.now
}

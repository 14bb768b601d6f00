import { PrismaPg } from "@prisma/adapter-pg"
import pg from "pg"
import { type Prisma, PrismaClient } from "@/prisma/generated/client/client"
import { env } from "./env"
import { log } from "./log"

export type Tx = Prisma.TransactionClient
export type Db = Tx | PrismaClient

interface Opened {
  pool: pg.Pool
  client: PrismaClient
}

// Next loads a module more than once in one process; one pool a process is the limit that was planned for.
const kept = globalThis as typeof globalThis & { goliveDatabase?: Opened }

function open(): Opened {
  const pool = new pg.Pool({
    connectionString: env().DATABASE_URL,
    max: env().DB_POOL_MAX,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    statement_timeout: 60_000,
    idle_in_transaction_session_timeout: 60_000,
    application_name: "golive",
  })
  // Without a listener, a server that restarts would end this process through its idle connections.
  pool.on("error", (error) => log.warn({ err: error }, "an idle database connection was lost"))
  return { pool, client: new PrismaClient({ adapter: new PrismaPg(pool) }) }
}

function opened(): Opened {
  kept.goliveDatabase ??= open()
  return kept.goliveDatabase
}

/** The database of this process, opened at first use. */
export const prisma: PrismaClient = new Proxy({} as PrismaClient, {
  get(_, property) {
    const { client } = opened()
    const value = Reflect.get(client, property)
    return typeof value === "function" ? value.bind(client) : value
  },
})

/** The pool behind it, for the few statements that need no client. */
export function databasePool(): pg.Pool {
  return opened().pool
}

/** One transaction, READ COMMITTED. Throws when it could not begin within 10 s or lasted more than 30 s. */
export function transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return prisma.$transaction(work, { maxWait: 10_000, timeout: 30_000 })
}

export async function closeDatabase(): Promise<void> {
  const database = kept.goliveDatabase
  kept.goliveDatabase = undefined
  await database?.client.$disconnect()
  await database?.pool.end()
}

import pg from "pg"
import type { Ask } from "../ask-postgres"
import type { QueueQuestion, QueueState } from "./queue-state"

/** What PostgreSQL keeps of a connection's name. */
const NAME_BYTES = 63

/** Reads the tables that BullMQ keeps in PostgreSQL, within a transaction that cannot write. */
export async function readPostgresQueue(
  ask: Ask,
  { queue, schema, wantsOldest, wantsWorkers }: QueueQuestion,
): Promise<QueueState> {
  const table = (name: string) => `${pg.escapeIdentifier(schema)}.${name}`
  const workers = wantsWorkers ? { workers: await countWorkers(ask, queue) } : {}
  const { rows: there } = await ask({
    text: "SELECT to_regclass($1) IS NOT NULL AND to_regclass($2) IS NOT NULL",
    values: [table("job"), table("meta")],
    mostRows: 1,
  })
  if (there[0]?.[0] !== "true") {
    const counts = { waiting: 0, active: 0, delayed: 0, failed: 0, paused: 0 }
    const notes = [`There are no tables of BullMQ in the schema ${schema}`]
    return { exists: false, isPaused: false, counts, oldestWaitingMs: null, ...workers, notes }
  }
  const count = (state: string) => `(SELECT count(*) FROM ${table("job")} WHERE queue = $1 AND state = '${state}')`
  const about = (what: string) => `EXISTS (SELECT FROM ${what} WHERE queue = $1`
  // State by state, as BullMQ's own indexes are: finished jobs may be many.
  const { rows } = await ask({
    text: `SELECT ${["waiting", "active", "delayed", "failed"].map(count).join(", ")},
        (${about(table("job"))}) OR ${about(table("meta"))}))::int,
        (${about(table("meta"))} AND field = 'paused' AND value = '1'))::int`,
    values: [queue],
    mostRows: 1,
  })
  const [waiting = 0, active = 0, delayed = 0, failed = 0, used = 0, paused = 0] = (rows[0] ?? []).map(Number)
  const isPaused = paused > 0
  return {
    exists: used > 0,
    isPaused,
    counts: { waiting, active, delayed, failed, paused: isPaused ? waiting : 0 },
    oldestWaitingMs: wantsOldest ? await readOldest(ask, table("job"), queue) : null,
    ...workers,
    notes: [],
  }
}

/** A job that was to run later, or again, waits from that moment on, not since it was added. */
async function readOldest(ask: Ask, jobs: string, queue: string): Promise<number | null> {
  const { rows } = await ask({
    text: `SELECT floor(extract(epoch FROM clock_timestamp()) * 1000 - min(greatest(
        added_at_ms + CASE WHEN jsonb_typeof(opts->'delay') = 'number' THEN (opts->>'delay')::numeric ELSE 0 END,
        processed_at_ms)))
      FROM ${jobs} WHERE queue = $1 AND state = 'waiting'`,
    values: [queue],
    mostRows: 1,
  })
  const age = rows[0]?.[0] ?? null
  return age === null ? null : Math.max(0, Number(age))
}

/** Workers name the connection on which they listen after the queue; these names every user may see. */
async function countWorkers(ask: Ask, queue: string): Promise<QueueState["workers"]> {
  // The server writes what is no printable ASCII in another way.
  if (/[^\u0020-\u007e]/.test(queue) || Buffer.byteLength(`${queue}:w:`) > NAME_BYTES) {
    return { unknown: "It is not known which workers are connected: the queue's name does not fit into a connection's" }
  }
  const { rows } = await ask({
    text: `SELECT count(*) FROM pg_catalog.pg_stat_activity WHERE datname = current_database()
        AND (application_name = $1 OR starts_with(application_name, $2))`,
    values: [queue, `${queue}:w:`],
    mostRows: 1,
  })
  return Number(rows[0]?.[0] ?? 0)
}

import pg from "pg"
import { sayDuration } from "./duration"
import type { PostgresConnection } from "./open-postgres"
import { questionFault } from "./postgres-fault"
import type { PostgresPlace } from "./postgres-url"
import type { TimeLimit } from "./time-limit"

export interface Question {
  text: string
  values?: readonly (string | number | boolean | null)[]
  /** No more rows are read. */
  mostRows: number
}

export interface Answer {
  columns: string[]
  rows: (string | null)[][]
  /** There were more rows than were read. */
  more: boolean
}

export type Ask = (question: Question) => Promise<Answer>

const BOOLEAN = 16

/**
 * Asks within a transaction in which the server lets nothing be written, and which is rolled back. What a single question
 * would take longer than the limit is ended by the server itself.
 */
export async function askReadOnly<T>(
  connection: PostgresConnection,
  place: PostgresPlace,
  limit: TimeLimit,
  use: (ask: Ask) => Promise<T>,
): Promise<T> {
  const { client } = connection
  const ask: Ask = async (question) => {
    try {
      return await limit.within(readFirst(client, question))
    } catch (error) {
      limit.signal.throwIfAborted()
      throw questionFault(error, place, sayDuration(limit.timeoutMs))
    }
  }
  await ask({ text: "BEGIN TRANSACTION READ ONLY", mostRows: 0 })
  // The first question fixes the transaction: from here on it cannot be made one that writes.
  await ask({ text: "SELECT set_config('statement_timeout', $1, true)", values: [String(limit.leftMs())], mostRows: 1 })
  if (place.schema !== null) {
    const path = pg.escapeIdentifier(place.schema)
    await ask({ text: "SELECT set_config('search_path', $1, true)", values: [path], mostRows: 1 })
  }
  const result = await use(ask)
  await client.query("ROLLBACK").catch(() => undefined)
  return result
}

class FirstRows extends pg.Query {
  more = false

  /** As many rows as were asked for are there: the driver would go on, this ends it. */
  handlePortalSuspended(connection: pg.Connection): void {
    this.more = true
    connection.sync()
  }
}

/** One statement: the server refuses several where they come with values and limits. */
function readFirst(client: pg.Client, { text, values = [], mostRows }: Question): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const config = {
      ...{ text, values: values.map((value) => (value === null ? null : String(value))) },
      ...{ rows: mostRows + 1, rowMode: "array" as const, queryMode: "extended" },
      types: { getTypeParser: (type: number) => (value: string) => (type === BOOLEAN ? sayBoolean(value) : value) },
    }
    const query = new FirstRows(config, (error: Error | undefined, result: unknown) => {
      if (error) return reject(error)
      const { fields, rows } = result as { fields: pg.FieldDef[]; rows: (string | null)[][] }
      const more = query.more || rows.length > mostRows
      resolve({ columns: fields.map(({ name }) => name), rows: rows.slice(0, mostRows), more })
    })
    client.query(query)
  })
}

const sayBoolean = (value: string) => (value === "t" ? "true" : value === "f" ? "false" : value)

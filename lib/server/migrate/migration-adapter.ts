import { randomUUID } from "node:crypto"
import { PrismaPg } from "@prisma/adapter-pg"
import { ColumnTypeEnum } from "@prisma/driver-adapter-utils"
import pg from "pg"

type Adapter = Awaited<ReturnType<PrismaPg["connect"]>>

const CHAR_OID = 18
const BPCHAR_OID = 1042

/**
 * The adapter that the schema engine reads a database through. The engine asks the catalogue for columns of the internal
 * type "char", which the stock adapter
 * does not know: it is let through as text and announced as a single character.
 */
export class MigrationAdapter extends PrismaPg {
  private readonly pool: pg.Pool

  constructor(private readonly connection: pg.PoolConfig) {
    const pool = new pg.Pool(connection)
    super(pool)
    this.pool = pool
  }

  /** The engine leaves its connections open, and a database with connections can be neither copied nor dropped. */
  async close(): Promise<void> {
    await this.pool.end()
  }

  override async connect(): Promise<Adapter> {
    return forMigrations(await super.connect())
  }

  /** The stock one drops the database while it is still connected to it, which PostgreSQL refuses. */
  override async connectToShadowDb(): Promise<Adapter> {
    const database = `golive_shadow_${randomUUID().replaceAll("-", "")}`
    const main = await this.connect()
    await main.executeScript(`CREATE DATABASE "${database}"`)
    const shadow = forMigrations(await new PrismaPg({ ...this.connection, database }).connect())
    const disconnect = shadow.dispose.bind(shadow)
    shadow.dispose = async () => {
      await disconnect()
      await main.executeScript(`DROP DATABASE "${database}"`)
      await main.dispose()
    }
    return shadow
  }
}

function forMigrations(adapter: Adapter): Adapter {
  runScriptsWhole(adapter)
  readCharColumns(adapter)
  return adapter
}

/**
 * The stock adapter cuts a script at every semicolon, also inside the body of a function. Sent whole, PostgreSQL itself
 * tells the statements apart and runs them in one transaction: a script that fails leaves nothing behind.
 */
function runScriptsWhole(adapter: Adapter): void {
  adapter.executeScript = async (script) => {
    // Without arguments the driver uses the simple protocol, which takes several statements.
    await adapter.executeRaw({ sql: script, args: [], argTypes: [] })
  }
}

function readCharColumns(adapter: Adapter): void {
  // The adapter hands the driver's array of rows through, so that it can carry which of its columns were "char".
  const charColumns = new WeakMap<object, number[]>()
  const pool = adapter.underlyingDriver()
  const query = pool.query.bind(pool) as (...args: unknown[]) => Promise<pg.QueryResult>
  Object.assign(pool, {
    query: async (...args: unknown[]) => {
      const result = await query(...args)
      // Several statements give several results, and none of them is read.
      if (!Array.isArray(result)) charColumns.set(result.rows, announceAsText(result.fields ?? []))
      return result
    },
  })
  const queryRaw = adapter.queryRaw.bind(adapter)
  adapter.queryRaw = async (input) => {
    const result = await queryRaw(input)
    for (const index of charColumns.get(result.rows) ?? []) result.columnTypes[index] = ColumnTypeEnum.Character
    return result
  }
}

function announceAsText(fields: pg.FieldDef[]): number[] {
  return fields.flatMap((field, index) => {
    if (field.dataTypeID !== CHAR_OID) return []
    field.dataTypeID = BPCHAR_OID
    return [index]
  })
}

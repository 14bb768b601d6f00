import pg from "pg"

/** Makes the database on an embedded server unless it is there. `adminUrl` leads to any other database of the server. */
export async function ensureDatabase(input: { adminUrl: string; name: string }): Promise<void> {
  const client = new pg.Client({ connectionString: input.adminUrl })
  await client.connect()
  try {
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [input.name])
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(input.name)}`)
  } finally {
    await client.end()
  }
}

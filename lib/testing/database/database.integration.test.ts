import pg from "pg"
import { afterAll, expect, test } from "vitest"
import { createTestDatabase } from "./create-test-database"

const clients: pg.Client[] = []
afterAll(async () => {
  for (const client of clients) await client.end()
})

async function connect(url: string | undefined): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  clients.push(client)
  return client
}

test("every test file has a migrated database of its own", async () => {
  const client = await connect(process.env.DATABASE_URL)
  const { rows } = await client.query(
    "SELECT count(*)::int AS count FROM _prisma_migrations WHERE finished_at IS NOT NULL",
  )
  expect(rows[0].count).toBeGreaterThan(0)
})

test("what one database is told another does not hear", async () => {
  const other = await createTestDatabase()
  const here = await connect(process.env.DATABASE_URL)
  await here.query("CREATE TABLE only_here (n int)")
  const there = await connect(other.url)
  const { rows } = await there.query("SELECT to_regclass('only_here') AS name")
  expect(rows[0].name).toBeNull()
  await there.end()
  clients.splice(clients.indexOf(there), 1)
  await other.drop()
  await expect(connect(other.url)).rejects.toThrow(/does not exist/)
})

test("the order of text is the same on every machine", async () => {
  const client = await connect(process.env.DATABASE_URL)
  const { rows } = await client.query("SELECT x FROM (VALUES ('b'), ('a'), ('Z'), ('é')) AS t(x) ORDER BY x")
  expect(rows.map((row) => row.x)).toEqual(["Z", "a", "b", "é"])
})

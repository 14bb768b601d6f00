import { randomBytes } from "node:crypto"
import { inject } from "vitest"
import { cloneDatabase, dropDatabase } from "./database-server"

export type TestDatabase = { url: string; name: string; drop(): Promise<void> }

/**
 * A migrated, empty database of its own, in some tens of milliseconds. Every integration test file has one in
 * `process.env.DATABASE_URL` already; this is for tests that need another.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const adminUrl = inject("databaseAdminUrl")
  const name = `test_${randomBytes(6).toString("hex")}`
  const url = await cloneDatabase(adminUrl, name)
  return { url, name, drop: () => dropDatabase(adminUrl, name) }
}

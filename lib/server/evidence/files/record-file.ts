import { databasePool } from "@/lib/server/db"
import type { StoredFile } from "./contract"

/**
 * Puts on record that a file is kept, and keeps it (`keep`) in the same transaction. Who brings the same bytes at the same
 * time waits here for the first, and then finds that there is nothing left to do. `store` is where they are.
 */
export async function recordFile(
  { sha256, sizeBytes }: StoredFile,
  store: "postgres" | "disk",
  keep: (query: (text: string, values: unknown[]) => Promise<unknown>) => Promise<void>,
): Promise<{ isNew: boolean; store: string }> {
  const client = await databasePool().connect()
  let broken: Error | undefined
  // A connection that is cut says so here as well; without a listener that would end the process.
  const noteBroken = (error: Error) => {
    broken = error
  }
  client.on("error", noteBroken)
  try {
    await client.query("BEGIN")
    const { rowCount } = await client.query(
      `INSERT INTO "EvidenceFile" (sha256, "sizeBytes", store) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
      [sha256, sizeBytes, store],
    )
    if (rowCount) await keep((text, values) => client.query(text, values))
    const { rows } = await client.query<{ store: string }>(`SELECT store FROM "EvidenceFile" WHERE sha256 = $1`, [
      sha256,
    ])
    await client.query("COMMIT")
    return { isNew: Boolean(rowCount), store: rows[0]?.store ?? store }
  } catch (error) {
    await client.query("ROLLBACK").catch(noteBroken)
    throw error
  } finally {
    client.off("error", noteBroken)
    client.release(broken)
  }
}

import pg from "pg"
import type { ChainHead } from "@/lib/domain/timeline/chain"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import { env } from "@/lib/server/env"
import { type CheckedChain, checkChain } from "./check-chain"

/** As many rows as are in memory at a time. */
const FETCH = 1_000
const RELEASES = 500

export interface ReleaseChecked extends CheckedChain {
  id: string
  name: string
}

export interface AllToVerify {
  /** By release. */
  heads: ReadonlyMap<string, readonly ChainHead[]>
  onEvents: (events: number) => void
  onRelease: (checked: ReleaseChecked) => void
}

/**
 * Verifies every release, each as it is at one instant, over a connection of its own with a cursor on the
 * server. Heads of releases that are not there are faults too.
 */
export async function verifyAll({ heads, onEvents, onRelease }: AllToVerify): Promise<void> {
  const client = new pg.Client({ connectionString: env().DATABASE_URL, application_name: "golive-audit" })
  await client.connect()
  try {
    const unseen = new Set(heads.keys())
    for await (const { id, name } of releasesOf(client)) {
      unseen.delete(id)
      onRelease({ id, name, ...(await verifyOne(client, id, heads.get(id) ?? [], onEvents)) })
    }
    for (const id of unseen) onRelease(goneRelease(id, heads.get(id) ?? []))
  } finally {
    await client.end()
  }
}

async function* releasesOf(client: pg.Client): AsyncGenerator<{ id: string; name: string }> {
  let after = "00000000-0000-0000-0000-000000000000"
  for (;;) {
    const { rows } = await client.query<{ id: string; name: string }>(
      `SELECT id, name FROM "Release" WHERE id > $1::uuid ORDER BY id LIMIT ${RELEASES}`,
      [after],
    )
    yield* rows
    after = rows.at(-1)?.id ?? after
    if (rows.length < RELEASES) return
  }
}

async function verifyOne(
  client: pg.Client,
  id: string,
  heads: readonly ChainHead[],
  onPage: (events: number) => void,
): Promise<CheckedChain> {
  await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
  try {
    const { rows } = await client.query<{ id: string; lastSeq: number; headHash: string; state: unknown }>(
      `SELECT id, "lastSeq", "headHash", state FROM "Release" WHERE id = $1`,
      [id],
    )
    const [release] = rows
    if (!release) return goneRelease(id, heads)
    return await checkChain({ release, pages: cursorPages(client, id), heads, onPage })
  } finally {
    await client.query("ROLLBACK")
  }
}

async function* cursorPages(client: pg.Client, releaseId: string): AsyncGenerator<AnyTimelineEvent[]> {
  // The id is one that the database gave out; a cursor's declaration takes no parameters.
  await client.query(`DECLARE timeline NO SCROLL CURSOR FOR
    SELECT "releaseId", seq, id, type, actor, at, data, "prevHash", hash FROM "Event"
    WHERE "releaseId" = ${client.escapeLiteral(releaseId)} ORDER BY seq`)
  for (;;) {
    const { rows } = await client.query<{ at: Date }>(`FETCH ${FETCH} FROM timeline`)
    if (rows.length > 0) yield rows.map((row) => ({ ...row, at: row.at.toISOString() }) as unknown as AnyTimelineEvent)
    if (rows.length < FETCH) return
  }
}

function goneRelease(id: string, heads: readonly ChainHead[]): ReleaseChecked {
  const [first] = heads
  const message = first ? `The release is gone; event ${first.seq} of it was known elsewhere.` : "The release is gone."
  return {
    id,
    name: id,
    ok: false,
    events: 0,
    head: { seq: 0, hash: "" },
    faults: [{ seq: null, kind: "missing", message }],
  }
}

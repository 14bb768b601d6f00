import type { EvidenceBlock } from "@/lib/contracts/evidence"
import { judged } from "../answer"
import { askReadOnly } from "../ask-postgres"
import { checkDurationMs, sayDuration } from "../duration"
import type { PostgresConnection } from "../open-postgres"
import type { CheckResult, Expectation } from "../ports"
import { Unmet } from "../unmet"
import type { PoolConfig } from "./definition"
import type { Session } from "./session"

interface Tries {
  got: PostgresConnection[]
  /** How often each reason was given. */
  refusals: Map<string, number>
  slowestMs: number
}

/**
 * All connections are open before the first one is used, and none is closed before every one of them has answered: so
 * many at the same time is what is proved. The session's own connection is the first of them.
 */
export async function checkPool(
  { connections, hold }: PoolConfig,
  session: Session,
  open: () => Promise<PostgresConnection>,
): Promise<CheckResult> {
  const { ports, limit, facts } = session
  facts.push(...(await readCapacity(session)))
  const tries = await openMany(connections - 1, session, open)
  const all = [session.connection, ...tries.got]
  ports.log("info", `${all.length} of ${connections} connections are open\n`)
  try {
    const answers = await askAll(all, hold === undefined ? 0 : checkDurationMs(hold), session)
    ports.signal.throwIfAborted()
    for (const [words, times] of tries.refusals) ports.log("err", `${times} times: ${words}\n`)
    const expectations = [
      judgeNumber("Connections", connections, all.length, tries.refusals, `${connections} at the same time`),
      judgeNumber("Answers", connections, answers.count, answers.faults, `${connections} in time`),
    ]
    const blocks: EvidenceBlock[] = [
      countBlock("Connections", all.length, connections),
      countBlock("Answers", answers.count, connections),
      timeBlock("Slowest connection", tries.slowestMs),
      timeBlock("Slowest answer", answers.slowestMs),
      ...refusalsBlock(tries.refusals),
      { type: "facts", facts },
    ]
    const passed = `${connections} connections were open at the same time, and all answered`
    return judged(expectations, blocks, { passed })
  } finally {
    await Promise.all(tries.got.map((connection) => connection.close()))
    if (limit.isOver()) ports.log("err", `The time was over after ${sayDuration(limit.timeoutMs)}\n`)
  }
}

async function openMany(count: number, { ports, limit }: Session, open: () => Promise<PostgresConnection>) {
  const tries: Tries = { got: [], refusals: new Map(), slowestMs: 0 }
  const beganMs = ports.nowMs()
  await Promise.all(
    Array.from({ length: count }, async () => {
      try {
        tries.got.push(await open())
        tries.slowestMs = Math.max(tries.slowestMs, ports.nowMs() - beganMs)
      } catch (error) {
        const words = limit.isOver() ? `no answer within ${sayDuration(limit.timeoutMs)}` : wordsOf(error)
        tries.refusals.set(words, (tries.refusals.get(words) ?? 0) + 1)
      }
    }),
  )
  return tries
}

async function askAll(connections: PostgresConnection[], holdMs: number, { ports, limit }: Session) {
  const faults = new Map<string, number>()
  let [count, slowestMs] = [0, 0]
  const beganMs = ports.nowMs()
  const text = holdMs > 0 ? `SELECT pg_sleep(${holdMs / 1_000})` : "SELECT 1"
  await Promise.all(
    connections.map(async ({ client }) => {
      try {
        await limit.within(client.query(text))
        count += 1
        slowestMs = Math.max(slowestMs, ports.nowMs() - beganMs)
      } catch (error) {
        const words = limit.isOver() ? `no answer within ${sayDuration(limit.timeoutMs)}` : wordsOf(error)
        faults.set(words, (faults.get(words) ?? 0) + 1)
      }
    }),
  )
  return { count, slowestMs, faults }
}

const wordsOf = (error: unknown) =>
  error instanceof Unmet ? error.expectation.actual : error instanceof Error ? error.message : String(error)

function judgeNumber(
  what: string,
  wanted: number,
  got: number,
  faults: Map<string, number>,
  expected: string,
): Expectation {
  const [most] = [...faults].sort(([, one], [, other]) => other - one)
  const actual = got >= wanted ? String(got) : `${got} of ${wanted}${most ? `, then: ${most[0]}` : ""}`
  // How many are left over depends on who else is connected.
  return { what, expected, actual, ok: got >= wanted, volatile: true }
}

/** What the server says of its own limits. A pooler in between may know none of them. */
async function readCapacity({ connection, place, limit }: Session): Promise<Session["facts"]> {
  const rows = await askReadOnly(connection, place, limit, async (ask) => {
    const { rows: settings } = await ask({
      text: `SELECT name, setting FROM pg_catalog.pg_settings WHERE name IN
        ('max_connections', 'superuser_reserved_connections', 'reserved_connections') ORDER BY name`,
      mostRows: 3,
    })
    const { rows: open } = await ask({
      text: "SELECT 'open before', count(*) FROM pg_catalog.pg_stat_activity WHERE backend_type = 'client backend'",
      mostRows: 1,
    })
    return [...settings, ...open]
  })
  return rows.map(([label, value]) => ({ label: label ?? "", value: value ?? "unknown", verdict: "neutral" }))
}

function countBlock(label: string, value: number, limit: number): EvidenceBlock {
  return { type: "metric", label, value, unit: "", limit, verdict: value >= limit ? "good" : "bad" }
}

function timeBlock(label: string, ms: number): EvidenceBlock {
  return { type: "metric", label, value: Number(ms.toFixed(1)), unit: "ms", verdict: "neutral" }
}

function refusalsBlock(refusals: Map<string, number>): EvidenceBlock[] {
  if (refusals.size === 0) return []
  const rows = [...refusals].slice(0, 20).map(([words, times]) => [words, String(times)])
  return [{ type: "table", title: "What the others were told", columns: ["Answer", "Times"], rows }]
}

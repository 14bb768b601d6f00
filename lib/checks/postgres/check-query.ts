import type { EvidenceBlock } from "@/lib/contracts/evidence"
import { judged } from "../answer"
import { type Answer, askReadOnly } from "../ask-postgres"
import { checkDurationMs, sayDuration } from "../duration"
import type { CheckResult, Expectation } from "../ports"
import { shortPrintable } from "../printable"
import { judgeValue, type ValueExpectation } from "../value-expectation"
import type { QueryConfig } from "./definition"
import { whyNoQuestion } from "./only-reads"
import type { Session } from "./session"

const SHOWN_ROWS = 10
const SHOWN_COLUMNS = 20

/** One statement, as many of its rows as it takes to judge. */
export async function checkQuery(query: QueryConfig, session: Session): Promise<CheckResult> {
  const { place, connection, limit, ports, facts } = session
  const refusal = whyNoQuestion(query)
  if (refusal) throw new Error(refusal)
  const { answer, tookMs } = await askReadOnly(connection, place, limit, async (ask) => {
    const beganMs = ports.nowMs()
    const mostRows = Math.max(SHOWN_ROWS, ...Object.values(query.rows ?? {}).map((rows) => rows + 1))
    const asked = await ask({ text: query.sql, values: query.parameters, mostRows })
    return { answer: asked, tookMs: ports.nowMs() - beganMs }
  })
  const { rows, more } = answer
  ports.log("info", `${more ? "More than " : ""}${sayRows(rows.length)} after ${sayDuration(tookMs)}\n`)
  const columns = (query.expect ?? []).flatMap(({ column, ...expect }) => judgeColumn(column, expect, answer, session))
  const expectations = [...judgeRows(query, answer), ...columns, ...judgeLatency(query, tookMs)]
  if (expectations.length === 0) {
    expectations.push({ what: "Answer", expected: "an answer", actual: "an answer", ok: true })
  }
  const blocks: EvidenceBlock[] = [latencyBlock(query, tookMs), ...rowsBlock(answer), { type: "facts", facts }]
  return judged(expectations, blocks, { passed: "The database answers as expected" })
}

const sayRows = (count: number) => `${count} ${count === 1 ? "row" : "rows"}`

function judgeRows({ rows: limits }: QueryConfig, { rows, more }: Answer): Expectation[] {
  if (!limits) return []
  // One more than was asked for stands for any number of them: it is beyond every limit.
  const count = rows.length + (more ? 1 : 0)
  const actual = more ? `more than ${sayRows(rows.length)}` : sayRows(count)
  const never = () => ({ matched: false, excerpt: null })
  return judgeValue("Rows", limits, String(count), never).map((one) => ({ ...one, actual }))
}

function judgeColumn(
  column: string,
  expect: ValueExpectation,
  { columns, rows }: Answer,
  { ports }: Session,
): Expectation[] {
  const what = `Column ${column}`
  const [first] = rows
  const at = columns.indexOf(column)
  if (at < 0) {
    const there = columns.length > 0 ? `only ${shortPrintable(columns.join(", "))}` : "no columns"
    return [{ what, expected: "there", actual: there, ok: false }]
  }
  if (columns.lastIndexOf(column) !== at) throw new Error(`There are several columns ${column}: name them apart`)
  if (!first) return [{ what, expected: "a first row", actual: "no rows", ok: false }]
  return judgeValue(what, expect, first[at] ?? null, ports.match)
}

function judgeLatency({ latencyBelow }: QueryConfig, tookMs: number): Expectation[] {
  if (latencyBelow === undefined) return []
  const limitMs = checkDurationMs(latencyBelow)
  const [expected, actual] = [`below ${sayDuration(limitMs)}`, sayDuration(tookMs)]
  return [{ what: "Latency", expected, actual, ok: tookMs < limitMs, volatile: true }]
}

function latencyBlock({ latencyBelow }: QueryConfig, tookMs: number): EvidenceBlock {
  const limit = latencyBelow === undefined ? undefined : checkDurationMs(latencyBelow)
  const verdict = limit === undefined ? "neutral" : tookMs < limit ? "good" : "bad"
  const value = Number(tookMs.toFixed(1))
  return { type: "metric", label: "Latency", value, unit: "ms", ...(limit === undefined ? {} : { limit }), verdict }
}

function rowsBlock({ columns, rows, more }: Answer): EvidenceBlock[] {
  if (columns.length === 0 || rows.length === 0) return []
  const left = more || rows.length > SHOWN_ROWS ? ` (the first ${Math.min(SHOWN_ROWS, rows.length)})` : ""
  return [
    {
      type: "table",
      title: `Rows${left}`,
      columns: columns.slice(0, SHOWN_COLUMNS).map((column) => shortPrintable(column, 80)),
      rows: rows
        .slice(0, SHOWN_ROWS)
        .map((row) => row.slice(0, SHOWN_COLUMNS).map((cell) => (cell === null ? "null" : shortPrintable(cell)))),
    },
  ]
}

import pg from "pg"
import type { EvidenceBlock } from "@/lib/contracts/evidence"
import { judged, short } from "../answer"
import { type Ask, askReadOnly } from "../ask-postgres"
import type { CheckResult, Expectation } from "../ports"
import { printable } from "../printable"
import type { MigrationsConfig } from "./definition"
import { readMigrationFolder } from "./migration-folder"
import type { Session } from "./session"

interface Recorded {
  applied: Set<string>
  failed: Set<string>
  /** Null: there is a table. */
  missingTable: string | null
}

type State = "applied" | "pending" | "failed" | "unknown"

const MOST_RECORDED = 20_000
const SHOWN = 100

/** What the checkout holds against what the database has recorded. */
export async function checkMigrations(
  config: MigrationsConfig,
  checkout: string,
  { place, connection, limit, ports, facts }: Session,
): Promise<CheckResult> {
  const inFolder = await readMigrationFolder(config, checkout, ports)
  const recorded = await askReadOnly(connection, place, limit, (ask) => readRecorded(config, ask))
  const states = compare(inFolder, recorded)
  const named = (state: State) => [...states].filter(([, found]) => found === state).map(([name]) => name)
  const [pending, failed, unknown] = [named("pending"), named("failed"), named("unknown")]
  ports.log(
    "info",
    `${inFolder.length} in ${config.directory}: ${pending.length} pending, ${failed.length} failed; ${unknown.length} unknown\n`,
  )
  const noTable = recorded.missingTable === null ? "" : `, there is no table ${recorded.missingTable}`
  const expectations: Expectation[] = [
    judgeNone("Pending", pending, noTable),
    judgeNone("Failed", failed),
    ...(config.allowUnknown ? [] : [judgeNone("Not in the checkout", unknown)]),
  ]
  const blocks: EvidenceBlock[] = [statesBlock(states, config), { type: "facts", facts }]
  return judged(expectations, blocks, {
    passed: `All ${inFolder.length} migrations of ${config.directory} are applied`,
  })
}

function judgeNone(what: string, names: string[], why = ""): Expectation {
  const few = names.slice(0, 5).map((name) => short(name, 80))
  const more = names.length > few.length ? ` and ${names.length - few.length} more` : ""
  const actual = names.length === 0 ? "none" : `${few.join(", ")}${more}${why}`
  return { what, expected: "none", actual, ok: names.length === 0 }
}

function compare(inFolder: string[], { applied, failed }: Recorded): Map<string, State> {
  const states = new Map<string, State>()
  for (const name of inFolder) {
    states.set(name, applied.has(name) ? "applied" : failed.has(name) ? "failed" : "pending")
  }
  for (const name of [...applied, ...failed]) {
    if (!states.has(name)) states.set(name, failed.has(name) && !applied.has(name) ? "failed" : "unknown")
  }
  return states
}

/** Only what Prisma itself recorded tells failed ones; a name in another tool's table is an applied one. */
async function readRecorded({ table, column }: MigrationsConfig, ask: Ask): Promise<Recorded> {
  const name = quoted(table ?? "_prisma_migrations")
  const there = await ask({ text: "SELECT to_regclass($1) IS NOT NULL", values: [name], mostRows: 1 })
  if (there.rows[0]?.[0] !== "true") {
    return { applied: new Set(), failed: new Set(), missingTable: table ?? "_prisma_migrations" }
  }
  const text =
    column === undefined
      ? `SELECT migration_name::text, finished_at IS NOT NULL FROM ${name} WHERE rolled_back_at IS NULL`
      : `SELECT ${pg.escapeIdentifier(column)}::text, true FROM ${name}`
  const { rows, more } = await ask({ text, mostRows: MOST_RECORDED })
  if (more) throw new Error(`${table ?? "_prisma_migrations"} holds more than ${MOST_RECORDED} rows`)
  const names = (finished: string) =>
    new Set(rows.flatMap(([migration, done]) => (migration && done === finished ? [printable(migration)] : [])))
  return { applied: names("true"), failed: names("false"), missingTable: null }
}

function quoted(table: string): string {
  const parts = table.split(".")
  if (parts.length > 2 || parts.some((part) => part === "" || part.includes("\0"))) {
    throw new Error(`"${short(table, 80)}" is neither \`table\` nor \`schema.table\``)
  }
  return parts.map((part) => pg.escapeIdentifier(part)).join(".")
}

const WORDS: Record<State, string> = {
  applied: "applied",
  pending: "pending",
  failed: "failed",
  unknown: "not in the checkout",
}

function statesBlock(states: Map<string, State>, { allowUnknown }: MigrationsConfig): EvidenceBlock {
  const rank: State[] = ["failed", "pending", "unknown", "applied"]
  const sorted = [...states].sort(
    ([a, one], [b, other]) => rank.indexOf(one) - rank.indexOf(other) || (a < b ? 1 : a > b ? -1 : 0),
  )
  const shown = sorted.slice(0, SHOWN)
  const verdict = (state: State) =>
    state === "applied" ? "good" : state === "unknown" && allowUnknown ? "neutral" : "bad"
  return {
    type: "table",
    title: sorted.length > SHOWN ? `Migrations (${SHOWN} of ${sorted.length})` : "Migrations",
    columns: ["Migration", "State"],
    rows: shown.map(([name, state]) => [short(name), WORDS[state]]),
    verdicts: shown.map(([, state]) => verdict(state)),
  }
}

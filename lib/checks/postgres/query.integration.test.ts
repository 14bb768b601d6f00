import pg from "pg"
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest"
import { said, type Tried, tryCheck } from "@/lib/testing/conformance/try-check"
import { stableResult } from "../answer"
import { postgresConfigSchema } from "./definition"

const url = process.env.DATABASE_URL ?? ""
const admin = new pg.Client({ connectionString: url })

beforeAll(async () => {
  await admin.connect()
  await admin.query(`
    CREATE TABLE parcels (id bigint, state text, weight numeric, sent boolean, note text);
    INSERT INTO parcels VALUES (9007199254740993, 'ok', 1.50, true, NULL), (2, 'lost', 'NaN', false, 'é')`)
})
afterAll(() => admin.end())

function ask(query: object, more: object = {}, options: Parameters<typeof tryCheck>[2] = {}): Promise<Tried> {
  return tryCheck("postgres", { url, query, timeout: "3s", ...more }, options)
}

/** Nobody of these checks is connected any more. */
async function untilGone(): Promise<void> {
  const sql = `SELECT count(*)::int AS n FROM pg_stat_activity
    WHERE application_name = 'golive-check' AND datname = current_database()`
  await vi.waitFor(async () => expect((await admin.query(sql)).rows[0].n).toBe(0), { timeout: 5_000 })
}

describe("a question", () => {
  test("rows, columns and parameters as expected", async () => {
    const result = await ask({
      sql: "SELECT id, state, weight, sent, note FROM parcels WHERE state = $1",
      parameters: ["ok"],
      rows: { equals: 1 },
      expect: [
        { column: "id", equals: "9007199254740993", above: "9007199254740992" },
        { column: "state", equals: "ok", matches: "^o" },
        { column: "weight", equals: 1.5, below: 2 },
        { column: "sent", equals: true },
        { column: "note", equals: null },
      ],
      latencyBelow: "2s",
    })
    expect(result).toMatchObject({ outcome: "passed", leftBehind: [], summary: "The database answers as expected" })
    expect(said(result).slice(0, -1)).toEqual([
      "ok Rows: 1 / 1 row",
      "ok Column id: 9007199254740993 / 9007199254740993",
      "ok Column id: above 9007199254740992 / 9007199254740993",
      "ok Column state: ok / ok",
      "ok Column state: matches ^o / ok",
      "ok Column weight: 1.5 / 1.50",
      "ok Column weight: below 2 / 1.50",
      "ok Column sent: true / true",
      "ok Column note: nothing / nothing",
    ])
    expect(result.blocks).toContainEqual(
      expect.objectContaining({ title: "Rows", rows: [["9007199254740993", "ok", "1.50", "true", "null"]] }),
    )
    await untilGone()
  })

  test("each thing that is not so is said", async () => {
    const result = await ask({
      sql: "SELECT *, 1 AS one FROM parcels WHERE state = 'lost'",
      rows: { atLeast: 2 },
      expect: [
        { column: "state", equals: "ok" },
        { column: "weight", below: 10 },
        { column: "id", above: 2 },
        { column: "sent", equals: true },
        { column: "note", equals: null },
        { column: "color", equals: "red" },
      ],
    })
    expect(said(result)).toEqual([
      "bad Rows: at least 2 / 1 row",
      "bad Column state: ok / lost",
      "bad Column weight: below 10 / NaN, which is no number",
      "bad Column id: above 2 / 2",
      "bad Column sent: true / false",
      "bad Column note: nothing / é",
      "bad Column color: there / only id, state, weight, sent, note, one",
    ])
    const none = await ask({
      sql: "SELECT state FROM parcels WHERE false",
      expect: [{ column: "state", equals: "ok" }],
    })
    expect(said(none)).toEqual(["bad Column state: a first row / no rows"])
  })

  test("a million rows: as many are read as it takes", async () => {
    const result = await ask({
      sql: "SELECT n, repeat('x', 1000) AS filler FROM generate_series(1, 1000000) AS n",
      rows: { atMost: 40 },
    })
    expect(said(result)).toEqual(["bad Rows: at most 40 / more than 41 rows"])
    expect(result.tookMs).toBeLessThan(2_500)
    expect((await ask({ sql: "TABLE parcels", rows: { atMost: 2, atLeast: 1 } })).outcome).toBe("passed")
    await untilGone()
  })

  test("one row that is too large is not taken in", async () => {
    const result = await ask({ sql: "SELECT repeat('x', 60000000) AS x" }, { timeout: "10s" })
    expect(result.outcome).toBe("errored")
    expect(result.summary).toContain("larger than 32 MB")
    await untilGone()
  })

  test("nothing can be written, however it is wrapped", async () => {
    for (const sql of [
      "WITH gone AS (DELETE FROM parcels RETURNING 1) SELECT count(*) FROM gone",
      "SELECT nextval('parcel_numbers')",
      "SELECT set_config('transaction_read_only', 'off', false)",
      "EXPLAIN ANALYZE DELETE FROM parcels",
      "SELECT * INTO other FROM parcels",
    ]) {
      await admin.query("CREATE SEQUENCE IF NOT EXISTS parcel_numbers")
      expect(await ask({ sql }), sql).toMatchObject({
        outcome: "errored",
        summary: expect.stringMatching(/^The server refuses the question: .*(read-only|read-write)/),
      })
    }
    for (const sql of [
      ...[
        "DELETE FROM parcels",
        "COMMIT",
        "/* SELECT */ DO $$ BEGIN END $$",
        "-- SELECT\nCOPY parcels TO PROGRAM 'id'",
      ],
      ...["/* /* SELECT */ SELECT */ TRUNCATE parcels", "(( CALL x()", "-- nothing", "/* open", "  "],
    ]) {
      const { outcome, summary } = await ask({ sql })
      expect({ outcome, summary }, sql).toMatchObject({
        outcome: "errored",
        summary: expect.stringMatching(/Only|no stat/),
      })
    }
    expect((await admin.query("SELECT count(*)::int AS n FROM parcels")).rows[0].n).toBe(2)
  })

  test("several statements are refused, comments and brackets are not", async () => {
    for (const sql of ["SELECT 1; SELECT 2", "SELECT 1; COMMIT; DELETE FROM parcels", "SELECT 1;;SELECT 2"]) {
      expect(await ask({ sql }), sql).toMatchObject({
        outcome: "errored",
        summary: expect.stringContaining("multiple commands"),
      })
    }
    for (const sql of [
      "-- a\n/* b /* c */ */ (SELECT 1);",
      "SHOW max_connections",
      "VALUES (1), (2)",
      "explain SELECT 1",
    ]) {
      expect(await ask({ sql }), sql).toMatchObject({ outcome: "passed" })
    }
  })

  test("what is wrong with the question, and what with the database", async () => {
    expect(said(await ask({ sql: "SELECT * FROM no_such_table" }))).toEqual([
      'bad Answer: an answer / relation "no_such_table" does not exist',
    ])
    for (const [sql, words, parameters] of [
      ["SELECT WHERE FROM", "syntax error"],
      ["SELECT 1/0", "division by zero"],
      ["SELECT $1::int", "invalid input syntax", ["x"]],
      ["SELECT $1", "bind message supplies 0"],
      ["SELECT 1 AS a, 2 AS a", "several columns a"],
      ["SELECT 1\0; DELETE", "holds a NUL"],
      ["SELECT $1", "holds a NUL", ["a\0b"]],
    ] as const) {
      expect(await ask({ sql, parameters, expect: [{ column: "a", equals: 1 }] }), sql).toMatchObject({
        outcome: "errored",
        summary: expect.stringContaining(words),
      })
    }
  })

  test("one that takes too long is ended on the server as well", async () => {
    const result = await ask({ sql: "SELECT pg_sleep(60)" }, { timeout: "400ms" })
    expect(said(result)).toEqual(["bad Answer: within 400 ms / none within 400 ms"])
    await untilGone()
  })

  test("the same database has the same result", async () => {
    const query = {
      sql: "SELECT clock_timestamp() AS t, 7 AS n",
      expect: [{ column: "n", below: 9 }],
      latencyBelow: "2s",
    }
    const [one, two] = [await ask(query), await ask(query)]
    expect(one.outcome).toBe("passed")
    expect(stableResult(one)).toEqual(stableResult(two))
  })
})

test("settings: one thing at a time, and limits that are numbers", () => {
  const fits = (config: object) => postgresConfigSchema.safeParse({ url: "{{secret.X}}", ...config }).success
  const column = (expected: object) => ({ query: { sql: "SELECT 1", expect: [{ column: "a", ...expected }] } })
  expect(fits({})).toBe(false)
  expect(fits({ query: { sql: "SELECT 1" } })).toBe(true)
  expect(fits({ query: { sql: "SELECT 1" }, pool: {} })).toBe(false)
  expect(fits(column({}))).toBe(false)
  for (const limit of [Number.POSITIVE_INFINITY, Number.NaN, "Infinity", "NaN", "many", "1e9999"]) {
    expect(fits(column({ below: limit })), String(limit)).toBe(false)
  }
  for (const limit of [1, 0.5, -3, "500MB", "1.5 GB", "9007199254740993", "{{env.vars.LIMIT}}"]) {
    expect(fits(column({ below: limit })), String(limit)).toBe(true)
  }
  for (const connections of [0, 1.5, 5_000, Number.NaN]) expect(fits({ pool: { connections } })).toBe(false)
  expect(fits({ migrations: { directory: "a", table: "t" } })).toBe(false)
  expect(fits({ migrations: { directory: "a", pattern: "x" } })).toBe(false)
})

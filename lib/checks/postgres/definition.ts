import { z } from "zod"
import { short } from "../answer"
import type { CheckDefinition } from "../contract"
import { checkDuration } from "../duration"
import { checkPattern } from "../pattern"
import { sayAddress, tlsFields } from "../server-url"
import { countLimits, saysSomething, sayValueExpectation, valueFields } from "../value-expectation"

const name = z.string().min(1).max(200)

const columnSchema = z
  .strictObject({ column: name.describe("The name of the column."), ...valueFields })
  .refine(({ column: _, ...expect }) => saysSomething(expect), "must expect something")

const querySchema = z.strictObject({
  sql: z
    .string()
    .min(1)
    .max(20_000)
    .describe("One statement that reads. It runs in a read-only transaction; values go into `parameters` as $1, $2."),
  parameters: z
    .array(z.union([z.string().max(10_000), z.number(), z.boolean(), z.null()]))
    .max(50)
    .optional()
    .describe("The values of $1, $2 and so on."),
  rows: countLimits.optional().describe("How many rows there must be."),
  expect: z.array(columnSchema).min(1).max(50).optional().describe("What the first row must hold, column by column."),
  latencyBelow: checkDuration.optional().describe("How long the query may take on an open connection."),
})

const migrationsSchema = z
  .strictObject({
    directory: z
      .string()
      .min(1)
      .max(500)
      .describe("The folder of the checkout that holds the migrations, such as `prisma/migrations`."),
    table: name.optional().describe("Where another tool than Prisma records them: `table` or `schema.table`."),
    column: name.optional().describe("The column of `table` that holds their names."),
    pattern: checkPattern
      .optional()
      .describe("The part of a file's name that is recorded, such as `^[0-9]+`; files without it are none."),
    allowUnknown: z
      .boolean()
      .optional()
      .describe("The database may know migrations that the checkout does not, as after a roll-back of the code."),
  })
  .refine(({ table, column }) => (table === undefined) === (column === undefined), {
    message: "must be named together with `table`",
    path: ["column"],
  })
  .refine(({ table, pattern }) => table !== undefined || pattern === undefined, {
    message: "is for other tools than Prisma, with `table` and `column`",
    path: ["pattern"],
  })

const poolSchema = z.strictObject({
  connections: z
    .int()
    .min(1)
    .max(1_000)
    .default(120)
    .describe("How many are open at the same time. While they are, others may find the server full."),
  hold: checkDuration
    .optional()
    .describe("How long each of them keeps a server busy (pg_sleep), which fills a pooler. Left out: SELECT 1."),
})

export type QueryConfig = z.infer<typeof querySchema>
export type MigrationsConfig = z.infer<typeof migrationsSchema>
export type PoolConfig = z.infer<typeof poolSchema>

export const postgresConfigSchema = z
  .strictObject({
    url: z.string().min(1).max(4_000).describe("The address, usually a secret such as {{secret.DATABASE_URL}}."),
    ...tlsFields,
    query: querySchema.optional().describe("Asks a question."),
    migrations: migrationsSchema
      .optional()
      .describe("Compares the migrations that are applied with those of the code: none is pending, none has failed."),
    pool: poolSchema.optional().describe("Opens many connections at once, and all must be let in."),
    timeout: checkDuration.optional().describe("For all of it. Default 15s."),
  })
  .refine(
    ({ query, migrations, pool }) => [query, migrations, pool].filter((one) => one !== undefined).length === 1,
    "must hold one of `query`, `migrations` and `pool`",
  )
export type PostgresConfig = z.infer<typeof postgresConfigSchema>

export const definition: CheckDefinition<PostgresConfig> = {
  kind: "postgres",
  title: "PostgreSQL",
  summary:
    "Asks a PostgreSQL database a question that only reads, compares its migrations with the code's, or opens many connections at once.",
  configSchema: postgresConfigSchema,
  describe: (config) => {
    const database = `PostgreSQL at ${sayAddress(config.url)}`
    if (config.query) return [`Asks ${database}: ${short(config.query.sql, 140)}`, ...sayQuery(config.query)]
    if (config.migrations) {
      const { directory, table, allowUnknown } = config.migrations
      return [
        `Compares ${short(table ?? "_prisma_migrations", 80)} of ${database} with ${short(directory, 100)}`,
        "no migration is pending or has failed",
        ...(allowUnknown ? [] : ["the code knows every migration of the database"]),
      ]
    }
    const { connections = 0, hold } = config.pool ?? {}
    return [
      `Opens ${connections} connections to ${database} at the same time`,
      `all are let in and answer${hold ? `, each busy for ${hold}` : ""}`,
    ]
  },
  repeatable: true,
  provedBy: "machine",
  limits: { timeoutMs: 15_000, longestTimeoutMs: 120_000 },
  examples: [
    {
      title: "No job of the last day has failed",
      config: {
        url: "{{secret.DATABASE_URL}}",
        query: {
          sql: "SELECT count(*) AS failed FROM jobs WHERE state = $1 AND finished_at > now() - interval '1 day'",
          parameters: ["failed"],
          expect: [{ column: "failed", equals: 0 }],
        },
      },
    },
    {
      title: "All migrations of the release are applied",
      config: { url: "{{secret.DATABASE_URL}}", migrations: { directory: "prisma/migrations" } },
    },
    {
      title: "The database takes more than 100 connections at once",
      config: { url: "{{secret.DATABASE_URL}}", tls: "verify", pool: { connections: 120 } },
    },
  ],
}

function sayQuery({ rows, expect = [], latencyBelow }: QueryConfig): string[] {
  return [
    ...(rows ? [`the number of rows is ${sayValueExpectation(rows).join(" and ")}`] : []),
    ...expect.map(({ column, ...value }) =>
      short(`${column} of the first row ${sayValueExpectation(value).join(" and ")}`, 280),
    ),
    ...(latencyBelow ? [`within ${latencyBelow}`] : []),
  ]
}

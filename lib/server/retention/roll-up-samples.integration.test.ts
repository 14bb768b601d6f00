import { randomUUID } from "node:crypto"
import { afterAll, beforeAll, expect, test } from "vitest"
import { databasePool, prisma } from "@/lib/server/db"
import { readSampleLines } from "@/lib/server/runs/read-samples"
import { closeConsole } from "@/lib/testing/world/close-console"
import { type ConsoleWorld, consoleWorld } from "@/lib/testing/world/console-world"
import { rollUpNext } from "./roll-up-samples"

let world: ConsoleWorld
beforeAll(async () => {
  world = await consoleWorld()
})
afterAll(closeConsole)

const DAY_MS = 86_400_000

/** A release with a sample every five seconds for an hour; the last value is far off. */
async function releaseOf(status: string, daysAgo: number): Promise<string> {
  const releaseId = await world.release()
  const runId = randomUUID()
  const from = Date.UTC(2026, 9, 1, 12)
  const data = ["error_rate", "latency_p99"].flatMap((metric) =>
    Array.from({ length: 720 }, (_, n) => {
      const nothing = n % 10 === 0
      const value = nothing ? null : n === 719 ? 9 : 1
      const status = nothing ? "no_data" : "good"
      return { releaseId, runId, metric, at: new Date(from + n * 5_000), status, value, count: nothing ? 0 : 50 }
    }),
  )
  await prisma.metricSample.createMany({ data })
  await databasePool().query(`UPDATE "Release" SET status = $2, "updatedAt" = $3 WHERE id = $1`, [
    ...[releaseId, status, new Date(Date.now() - daysAgo * DAY_MS)],
  ])
  return releaseId
}

test("samples of a release that is closed for a week become minutes, once, and say the same", async () => {
  const old = await releaseOf("closed", 8)
  const recent = await releaseOf("closed", 6)
  const open = await releaseOf("watching", 30)
  const [one, other] = await Promise.all([rollUpNext(), rollUpNext()])
  expect([one, other].filter(Boolean)).toEqual([{ releaseId: old, samples: 1_440, spans: 120 }])
  expect(await rollUpNext()).toBeNull()
  for (const id of [recent, open]) expect(await prisma.metricSample.count({ where: { releaseId: id } })).toBe(1_440)

  const rows = await prisma.metricRollup.findMany({ where: { releaseId: old, metric: "error_rate" } })
  const sum = (of: (row: (typeof rows)[number]) => number) => rows.reduce((all, row) => all + of(row), 0)
  expect(sum(({ good, noData, errors }) => good + noData + errors)).toBe(720)
  expect(sum(({ count }) => count)).toBe(648 * 50)
  expect(Math.max(...rows.map(({ max }) => max ?? 0))).toBe(9)

  const lines = await readSampleLines({ releaseId: old }, { after: 0n, limit: 1_000 })
  expect(lines).toHaveLength(120)
  expect(lines[0]).toMatchObject({ status: "good", value: 1, span: { ms: 60_000, min: 1, max: 1 } })
  expect(lines.at(-1)?.span?.max).toBe(9)
  expect(lines.map(({ at }) => at)).toEqual(lines.map(({ at }) => at).toSorted())
  const rest = await readSampleLines({ releaseId: old }, { after: BigInt(lines.at(-1)?.id ?? 0), limit: 1_000 })
  expect(rest).toEqual([])
})

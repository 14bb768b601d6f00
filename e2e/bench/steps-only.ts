import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { chromium } from "@playwright/test"
import { postgresDirectory } from "@/lib/server/embedded/data-directory"
import { findRunningPostgres } from "@/lib/server/embedded/find-running"
import { chromiumOptions } from "../fixtures/chromium"
import { startConsole } from "../fixtures/console"
import { startRedis } from "../fixtures/redis"
import { makeTeam } from "../fixtures/team"
import { measureBareJobs } from "./bare-job"
import { percentiles } from "./percentiles"
import { measureSocketFloor } from "./socket-floor"
import { measureSteps } from "./steps"

const directory = mkdtempSync(join(tmpdir(), "golive-bench-"))
chmodSync(directory, 0o711)
const redis = await startRedis(join(directory, "redis"))
const report: Record<string, unknown> = {}
const browser = await chromium.launch(chromiumOptions())
for (const queue of ["postgres", "redis"] as const) {
  const running = await startConsole({
    dataDirectory: join(directory, queue),
    ...(queue === "redis" ? { redisUrl: redis.url } : {}),
  })
  const team = makeTeam(browser, running)
  try {
    const url = await findRunningPostgres((await postgresDirectory(running.dataDirectory)).directory, "golive")
    report[`bare ${queue}`] = percentiles(
      await measureBareJobs(queue === "redis" ? { redisUrl: redis.url } : { databaseUrl: url ?? "" }, 300),
    )
    report.socket = await measureSocketFloor(100)
    report[queue] = await measureSteps(running, team, browser)
  } catch (error) {
    report[`${queue} failed`] = String(error).slice(0, 600)
  } finally {
    await team.end()
    await running.stop()
  }
  writeFileSync("/tmp/bench-steps.json", JSON.stringify(report, null, 2))
}
await browser.close()
await redis.stop()
rmSync(directory, { recursive: true, force: true })
console.log(JSON.stringify(report, null, 2))

import { prisma } from "@/lib/server/db"
import { log } from "@/lib/server/log"

const DEADLINE_MS = 2_000

/** Never throws; what is not so is false. */
export async function isReady(): Promise<{ ready: boolean; checks: { database: boolean } }> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("the database did not answer in time")), DEADLINE_MS)
  })
  try {
    await Promise.race([prisma.$queryRaw`SELECT 1 FROM "Release" LIMIT 1`, late])
    return { ready: true, checks: { database: true } }
  } catch (error) {
    log.warn({ err: error }, "not ready")
    return { ready: false, checks: { database: false } }
  } finally {
    clearTimeout(timer)
  }
}

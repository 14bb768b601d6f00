import { prisma } from "@/lib/server/db"
import { log } from "@/lib/server/log"
import { secretsFault } from "@/lib/server/secrets/secrets-fault"

const DEADLINE_MS = 2_000

/**
 * Never throws; what is not so is false. A console whose secrets cannot be read serves people all the same: they have to see
 * why their runs fail.
 */
export async function isReady(): Promise<{ ready: boolean; checks: { database: boolean; secrets: boolean } }> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("the database did not answer in time")), DEADLINE_MS)
  })
  try {
    await Promise.race([prisma.$queryRaw`SELECT 1 FROM "Release" LIMIT 1`, late])
    const fault = await Promise.race([secretsFault(), late])
    if (fault !== null) log.warn({ fault }, "not all secrets can be read")
    return { ready: true, checks: { database: true, secrets: fault === null } }
  } catch (error) {
    log.warn({ err: error }, "not ready")
    return { ready: false, checks: { database: false, secrets: false } }
  } finally {
    clearTimeout(timer)
  }
}

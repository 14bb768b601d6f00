import { closeDatabase } from "@/lib/server/db"
import { forgetEnv } from "@/lib/server/env"
import { closeDoorbell } from "@/lib/server/events/doorbell"
import { closeRunQueue } from "@/lib/server/queue/run-queue"

/** Closes what the console's modules opened in this process; the next use opens it anew, as the environment then says. */
export async function closeConsole(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
  await closeRunQueue()
  await closeDoorbell()
  await closeDatabase()
  forgetEnv()
}

import { closeDatabase } from "@/lib/server/db"
import { closeDoorbell } from "@/lib/server/events/doorbell"
import { closeRunQueue } from "@/lib/server/queue/run-queue"
import { refoldStates } from "@/lib/server/releases/refold-states"
import { seed } from "./seed"

try {
  // Before anybody is served: what an earlier version wrote is brought into the shape that this one reads.
  await refoldStates()
  await seed()
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
} finally {
  // A ring that the last commit asked for goes out before the connection is closed.
  await new Promise((resolve) => setImmediate(resolve))
  await closeRunQueue()
  await closeDoorbell()
  await closeDatabase()
}

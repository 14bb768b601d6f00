import { randomBytes } from "node:crypto"
import { hostname } from "node:os"
import { closeDatabase } from "@/lib/server/db"
import { env } from "@/lib/server/env"
import { closeDoorbell } from "@/lib/server/events/doorbell"
import { log } from "@/lib/server/log"
import { closeRunQueue } from "@/lib/server/queue/run-queue"
import { startConnectionClock } from "./connection/connection-clock"
import { startEscalationAuditor } from "./incidents/escalation-auditor"
import { startOutboxClock } from "./outbox/outbox-clock"
import { startRetentionClock } from "./retention/retention-clock"
import { closeInOrder } from "./runtime/close-in-order"
import { ConsoleClock } from "./runtime/console-clock"
import { startQueueWorker } from "./runtime/queue-worker"
import { startReconcileTimer } from "./runtime/reconcile-timer"
import { RunRegistry } from "./runtime/run-registry"
import { createRunner } from "./runtime/runner"
import { startTimerClock } from "./timers/timer-clock"

const DEADLINE_MS = 8_000

async function main(): Promise<void> {
  env()
  const workerId = `${hostname()}:${process.pid}:${randomBytes(3).toString("hex")}`
  const registry = new RunRegistry()
  const lookAt = createRunner({ workerId, clock: new ConsoleClock(), registry })
  const worker = startQueueWorker(lookAt)
  const stopReconciling = startReconcileTimer()
  const stopTimers = startTimerClock()
  const stopAuditing = startEscalationAuditor()
  const stopTestingConnections = startConnectionClock()
  const stopSending = startOutboxClock()
  const stopTidying = startRetentionClock()
  const close = closeInOrder(
    [
      { name: "the reconcile timer", close: stopReconciling },
      { name: "the timers", close: stopTimers },
      { name: "the auditor of escalations", close: stopAuditing },
      { name: "the tests of connections", close: stopTestingConnections },
      { name: "the messages", close: stopSending },
      { name: "the retention", close: stopTidying },
      { name: "the queue worker", close: worker.pause },
      { name: "the runs", close: () => registry.handOver() },
      { name: "the queue worker", close: worker.close },
      { name: "the queue", close: closeRunQueue },
      { name: "the doorbell", close: closeDoorbell },
      { name: "the database", close: closeDatabase },
    ],
    DEADLINE_MS,
  )
  const end = (signal: string) => {
    log.info({ signal, workerId }, "the worker ends")
    void close().then((code) => process.exit(code))
  }
  process.on("SIGTERM", () => end("SIGTERM"))
  process.on("SIGINT", () => end("SIGINT"))
  log.info({ workerId, backend: env().REDIS_URL ? "redis" : "postgres" }, "the worker is ready")
}

process.on("unhandledRejection", (error) => {
  log.error({ err: error }, "a rejection was not handled")
})

main().catch((error: unknown) => {
  log.fatal({ err: error }, "the worker could not start")
  process.exit(1)
})

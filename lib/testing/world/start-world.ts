import { randomBytes } from "node:crypto"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createSampleRepository } from "@/e2e/sample-service/create-repository"
import { startLocalHost } from "@/e2e/sample-service/start-local-host"
import { type EnvironmentConfig, environmentConfigSchema } from "@/lib/domain/environment/config"
import { closeDatabase, prisma } from "@/lib/server/db"
import { env } from "@/lib/server/env"
import { closeDoorbell } from "@/lib/server/events/doorbell"
import { closeRunQueue } from "@/lib/server/queue/run-queue"
import { createLocalHostClient } from "@/lib/strategies/local/host/client"
import type { Prisma } from "@/prisma/generated/client/client"
import { seed } from "@/prisma/seed/seed"
import { publishPatientPlaybook } from "./patient-playbook"
import { worldReleases } from "./releases"
import { startWorker, type WorkerProcess } from "./start-worker"
import { enterWorldEnvironment } from "./world-environment"

export interface WorldOptions {
  queue: "postgres" | "redis"
  /** Further environment variables, for this process and the workers. */
  env?: Record<string, string>
  /** What the environment of the sample service is to be like. */
  environment?: (config: EnvironmentConfig) => EnvironmentConfig
  /** `triggers_written`: triggers have the playbook's own limits. Default `patient`: a busy machine does not fail a version. */
  latencyLimits?: "triggers_written" | "patient"
}

export type World = Awaited<ReturnType<typeof startWorld>>

/**
 * Everything that a release needs, for real: the database of this test file, the sample service's repository, a local host
 * with v1.0.0 live, service, environment, playbook and people as the seed makes them. Workers are started by the test.
 */
export async function startWorld(options: WorldOptions) {
  const root = await mkdtemp(join(tmpdir(), "golive-world-"))
  const adminToken = randomBytes(16).toString("hex")
  const repository = await createSampleRepository({ directory: join(root, "postd") })
  const host = await startLocalHost({ dataDirectory: join(root, "host"), adminToken })
  enterWorldEnvironment({ host, adminToken, repository, queue: options.queue, env: options.env ?? {} })
  const workers = new Set<WorkerProcess>()

  async function close(): Promise<void> {
    await Promise.all([...workers].map((worker) => worker.stop()))
    await closeRunQueue()
    await closeDoorbell()
    await closeDatabase()
    await host.stop()
    await rm(root, { recursive: true, force: true, maxRetries: 3 })
  }

  async function changeEnvironment(change: (config: EnvironmentConfig) => EnvironmentConfig): Promise<void> {
    const row = await prisma.environment.findFirstOrThrow({ where: { key: "production" } })
    const config = environmentConfigSchema.parse(change(environmentConfigSchema.parse(row.config)))
    config.maintenance.config = {
      url: `${host.adminUrl}/maintenance`,
      headers: { authorization: "Bearer {{secret.LOCAL_HOST_ADMIN_TOKEN}}" },
    }
    await prisma.environment.update({
      where: { id: row.id },
      data: { config: config as unknown as Prisma.InputJsonObject },
    })
  }

  try {
    await seed(env())
    await publishPatientPlaybook(options.latencyLimits === "triggers_written" ? { sparing: "rollback" } : {})
    await changeEnvironment(options.environment ?? ((config) => config))
  } catch (error) {
    await close()
    throw error
  }

  return {
    root,
    repository,
    /** What the users of the sample service open. */
    proxyUrl: host.proxyUrl,
    host: createLocalHostClient({ adminUrl: host.adminUrl, token: adminToken }),
    changeEnvironment,
    async startWorker(more: Record<string, string> = {}): Promise<WorkerProcess> {
      const worker = await startWorker({ directory: root, env: more })
      workers.add(worker)
      void worker.exited.then(() => workers.delete(worker))
      return worker
    },
    /** Ends all workers in an orderly way. */
    async stopWorkers(): Promise<void> {
      await Promise.all([...workers].map((worker) => worker.stop()))
    },
    /** Ends all workers as a machine does that loses its power. */
    async killWorkers(): Promise<void> {
      await Promise.all(
        [...workers].map((worker) => {
          worker.signal("SIGKILL")
          return worker.exited
        }),
      )
    },
    ...worldReleases(),
    close,
  }
}

import { join } from "node:path"
import { simpleGit } from "simple-git"
import { environmentConfigSchema } from "@/lib/domain/environment/config"
import { prisma } from "@/lib/server/db"
import type { Env } from "@/lib/server/env"
import { createPlatformRequest } from "@/lib/server/http/platform-request"
import { log } from "@/lib/server/log"
import { runProcess } from "@/lib/server/process/run-process"
import { fillConfig } from "@/lib/server/secrets/fill-config"
import { openSecrets } from "@/lib/server/secrets/open-secrets"
import { strategyPlans } from "@/lib/strategies/plans.gen"
import { strategyTargets } from "@/lib/strategies/targets.gen"

const VERSION = "1.0.0"

/**
 * Makes v1.0.0 of the sample service live, so that there is something to replace: with the same strategy as every later
 * deployment. What is live already stays.
 */
export async function deployFirstVersion(settings: Env): Promise<void> {
  const environment = await prisma.environment.findFirstOrThrow({
    where: { key: "production", service: { key: "postd" } },
  })
  const { strategy, repository, baseUrl } = environmentConfigSchema.parse(environment.config)
  const signal = new AbortController().signal
  const filled = fillConfig(strategy.config, await openSecrets(environment))
  if (!filled.ok) return log.error({ why: filled.why }, "the first version could not be made live")
  const target = strategyTargets.local(filled.value, {
    workDirectory: join(settings.WORK_DIR, "first-version"),
    repository,
    publicUrl: baseUrl,
    runProcess,
    request: requestOf,
    platform: createPlatformRequest({ allowPrivateNetwork: true }),
  })
  try {
    if (await target.live(signal)) return
    const commit = (await simpleGit(repository).revparse([`v${VERSION}^{commit}`])).trim()
    const deploymentId = `${VERSION}-${commit.slice(0, 12)}`
    const deployment = { deploymentId, version: VERSION, ref: `v${VERSION}`, commit }
    for (const { effect, timeoutMs } of strategyPlans.local(strategy.config).deploy) {
      await target.execute(effect, { deployment, previous: null, signal, log: () => undefined, timeoutMs })
    }
  } finally {
    await target.close()
  }
}

async function requestOf(
  url: string,
  { timeoutMs, signal, headers }: { timeoutMs: number; signal: AbortSignal; headers?: Record<string, string> },
) {
  const answer = await fetch(url, { headers, signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]) })
  return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() }
}

import { tmpdir } from "node:os"
import { setTimeout as delay } from "node:timers/promises"
import type { ConnectionFindings, ConnectionPart } from "@/lib/contracts/connection"
import { environmentConfigSchema } from "@/lib/domain/environment/config"
import type { DeployedVersion } from "@/lib/domain/release/state"
import { runGit } from "@/lib/server/checkout/run-git"
import type { OwedConnectionTest } from "@/lib/server/environment/work-connection-test"
import { nameVersion } from "@/lib/strategies/contract"
import { messageOf } from "../runtime/error-words"
import { createPlatform } from "../steps/create-platform"
import { RunSecrets } from "../steps/run-secrets"

const PART_TIMEOUT_MS = 25_000

/**
 * Looks at everything that a deployment will need, side by side, and changes none of it: the secrets are there, the
 * platform says what is live, the maintenance switch says how it stands, the service answers, the repository can be read.
 */
export async function testConnection(test: OwedConnectionTest, stop: AbortSignal): Promise<ConnectionFindings> {
  const config = environmentConfigSchema.parse(test.config)
  const place = { id: test.environmentId, name: test.environmentName }
  const patience = { state: () => delay(500, null, { signal: stop }), logs: { redactWith: () => undefined } }
  const secrets = new RunSecrets(patience, place, config.vars)
  await secrets.read()
  const platform = createPlatform(config, place.id, secrets)
  let live: DeployedVersion | null | undefined

  async function part(
    key: ConnectionPart["key"],
    title: string,
    look: (signal: AbortSignal) => Promise<string>,
  ): Promise<ConnectionPart> {
    const began = performance.now()
    const signal = AbortSignal.any([stop, AbortSignal.timeout(PART_TIMEOUT_MS)])
    const answer = await look(signal).then(
      (words) => ({ ok: true, words }),
      (error: unknown) => ({
        ok: false,
        words: signal.aborted && !stop.aborted ? `No answer within ${PART_TIMEOUT_MS / 1000} s.` : messageOf(error),
      }),
    )
    const words = secrets.redactor().text(answer.words)
    return { key, title, ...answer, words, tookMs: Math.round(performance.now() - began) }
  }

  const parts = await Promise.all([
    part("secrets", "Secrets", async () => {
      secrets.require([config.strategy.config, config.maintenance.config], [])
      return "Every secret that the settings ask for is there."
    }),
    part("platform", `Platform (${config.strategy.kind})`, async (signal) => {
      const target = platform.createTarget()
      try {
        live = await target.live(signal)
        return `Live: ${nameVersion(live)}.`
      } finally {
        await target.close()
      }
    }),
    part("maintenance", `Maintenance (${config.maintenance.kind})`, async (signal) => {
      const { on, message } = await platform.createMaintenance(signal).state()
      return on ? `On${message ? `: "${message}"` : ""}.` : "Off."
    }),
    part("service", "Service", async (signal) => {
      const { status } = await platform.request(config.baseUrl, { timeoutMs: PART_TIMEOUT_MS, signal })
      return `${config.baseUrl} answers ${status}.`
    }),
    part("repository", "Repository", async (signal) => {
      const answer = await runGit(["ls-remote", "--", config.repository, "HEAD"], { directory: tmpdir(), signal })
      const [commit] = answer.split("\t")
      return commit ? `Its main line is at ${commit.slice(0, 12)}.` : "It is there, and empty."
    }),
  ])
  stop.throwIfAborted()
  return { parts, ...(live === undefined ? {} : { live }) }
}

import { tmpdir } from "node:os"
import { setTimeout as delay } from "node:timers/promises"
import type { ConnectionFindings, ConnectionPart } from "@/lib/contracts/connection"
import { type EnvironmentConfig, environmentConfigSchema } from "@/lib/domain/environment/config"
import { metricTitles } from "@/lib/domain/metric/in-words"
import type { DeployedVersion } from "@/lib/domain/release/state"
import { runGit } from "@/lib/server/checkout/run-git"
import type { OwedConnectionTest } from "@/lib/server/environment/work-connection-test"
import { nameVersion } from "@/lib/strategies/contract"
import { metricSources } from "../metrics/metric-sources"
import { messageOf } from "../runtime/error-words"
import { createPlatform, type Platform } from "../steps/create-platform"
import { RunSecrets } from "../steps/run-secrets"

const PART_TIMEOUT_MS = 25_000

/** Asks every source for every figure once. Rejects with those on which no rule could rest. */
async function tryFigures(
  config: EnvironmentConfig,
  secrets: RunSecrets,
  { request, platform }: Platform,
  signal: AbortSignal,
): Promise<string> {
  const sources = await metricSources(config, secrets, {
    ...{ baseUrl: config.baseUrl, request, platform, nowMs: () => Date.now(), maintenanceOn: () => false },
    watched: () => null,
  })
  const found = await Promise.all(
    sources
      .filter(({ metrics }) => metrics.size > 0)
      .map(async ({ title, reader }) => ({ title, findings: await reader.tryOut(signal) })),
  )
  const words = (ok: boolean) =>
    found.flatMap(({ title, findings }) =>
      findings.filter((one) => one.ok === ok).map((one) => `${metricTitles[one.metric]} (${title}): ${one.words}`),
    )
  const bad = words(false)
  if (bad.length > 0) throw new Error(bad.join(" "))
  return words(true).join(" ")
}

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
      const kinds = [config.strategy, config.maintenance, ...config.flags, ...config.sources]
      secrets.require(
        [...kinds, ...(config.forge ? [config.forge] : [])].map((kind) => kind.config),
        [],
      )
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
    part("figures", "Figures", (signal) => tryFigures(config, secrets, platform, signal)),
  ])
  stop.throwIfAborted()
  return { parts, ...(live === undefined ? {} : { live }) }
}

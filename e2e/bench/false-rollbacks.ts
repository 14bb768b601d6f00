import { readFileSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { setTimeout as delay } from "node:timers/promises"
import { environmentConfigSchema } from "@/lib/domain/environment/config"
import { evaluateRule } from "@/lib/domain/metric/evaluate"
import type { Sample } from "@/lib/domain/metric/rule"
import { createReader } from "@/lib/metrics/probe/read"
import { parsePlaybook } from "@/lib/playbook/parse-playbook"
import { metricRule } from "@/lib/playbook/sections/rule"
import { createPlatformRequest } from "@/lib/server/http/platform-request"
import { knownChecks } from "@/lib/server/playbooks/known-checks"
import { scaleRule } from "@/lib/server/verification/scale-rule"

const RUNS = 100
const SIDE_BY_SIDE = 20
const SECONDS = 20
const INTERVAL_MS = 500

/**
 * A hundred watches of a noisy service by the playbook's own triggers, time scaled as in a rehearsal. `even`: three of a
 * hundred answers are errors, one after as many others as the next, so that every window stays below the limit of five;
 * `random`: as many by chance, and short windows of a rehearsal pass the limit now and then. One of fifty answers takes 0.4
 * to 1.2 s (the limit is two). Counts the watches with a breach: all are false.
 */
export async function measureFalseRollbacks() {
  return { runs: RUNS, even: await falseOnes("even"), random: await falseOnes("random") }
}

async function falseOnes(noise: "even" | "random"): Promise<{ evaluations: number; runsWithBreach: number }> {
  const playbook = parsePlaybook(readFileSync("prisma/seed/playbooks/postd-go-live.yaml", "utf8"), knownChecks)
  if (!playbook.ok) throw new Error("the playbook cannot be read")
  const config = environmentConfigSchema.parse({
    ...{ baseUrl: "http://127.0.0.1:1", repository: "r", strategy: { kind: "local", config: {} }, timeScale: 0.01 },
    maintenance: { kind: "flag-file", config: {}, message: "m" },
    probe: { ratePerSecond: 20, intervalMs: INTERVAL_MS },
  })
  const rules = playbook.playbook.rollback.triggers.flatMap(({ rule }) =>
    rule ? [scaleRule(metricRule(rule), config)] : [],
  )
  let evaluations = 0
  let runsWithBreach = 0

  async function watch(): Promise<void> {
    const { baseUrl, close } = await noisyService(noise)
    let breached = false
    const request = createPlatformRequest({ allowPrivateNetwork: true })
    const reader = createReader(
      { ...config.probe, paths: ["/"] },
      {
        ...{ baseUrl, platform: request, nowMs: () => Date.now(), maintenanceOn: () => false, watched: () => null },
        request: (url, options) => request({ url, ...options }),
      },
    )
    const samples: Sample[] = []
    reader.start()
    for (let at = 0; at < SECONDS * 1_000; at += INTERVAL_MS) {
      await delay(INTERVAL_MS)
      samples.push(...(await reader.take()).filter(({ metric }) => metric !== "oauth_success_rate"))
      for (const rule of rules) {
        evaluations += 1
        if (evaluateRule(rule, samples, Date.now(), { sinceMs: 0 }).verdict === "breached") breached = true
      }
    }
    await reader.stop()
    close()
    if (breached) runsWithBreach += 1
  }

  for (let run = 0; run < RUNS; run += SIDE_BY_SIDE) await Promise.all(Array.from({ length: SIDE_BY_SIDE }, watch))
  return { evaluations, runsWithBreach }
}

async function noisyService(noise: "even" | "random") {
  let n = 0
  const server = createServer((_req, res) => {
    n += 1
    const fails = noise === "even" ? n % 33 === 0 : Math.random() < 0.03
    if (fails) return void res.writeHead(500).end()
    setTimeout(() => res.end("ok"), n % 50 === 0 ? 400 + (n % 9) * 100 : 5 + (n % 20))
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close }
}

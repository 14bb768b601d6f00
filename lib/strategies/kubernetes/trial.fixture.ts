import type { StrategyEffect } from "@/lib/contracts/strategy-effect"
import { createPlatformRequest } from "@/lib/server/http/platform-request"
import type { StartTrial } from "@/lib/testing/conformance/strategy-trial"
import { startCluster, TOKEN, type Trouble } from "./cluster.trial.fixture"
import { createTarget } from "./target"

const faults: Partial<Record<StrategyEffect, Trouble>> = {
  deploy: { answer: { path: /deployments\/shop$/, method: "PATCH", status: 422, times: 99 } },
  rollout: { deadline: true },
  confirm: { lies: true },
}

export async function startKubernetesTrial(change: Record<string, unknown> = {}) {
  const cluster = await startCluster()
  cluster.add("Deployment", "prod", "shop", [
    { name: "web", image: "shop:0.9" },
    { name: "proxy", image: "envoy:1" },
  ])
  const lines: string[] = []
  const config = {
    ...{ server: cluster.url, token: TOKEN, caPem: cluster.caPem, namespace: "prod" },
    workloads: [{ name: "shop", containers: { web: "registry.local:5000/shop:{{deployment.version}}" } }],
    ...{ pollMs: 20, progressTimeoutMs: 1_500 },
    ...change,
  }
  const deployment = (version: string, digit: string) => ({
    ...{ deploymentId: `d-${version}`, version, ref: `v${version}`, commit: digit.repeat(40) },
  })
  return {
    ...{ cluster, lines, config },
    createTarget: (other: Record<string, unknown> = {}) =>
      createTarget(
        { ...config, ...other },
        {
          ...{ workDirectory: "/nonexistent", repository: "r", publicUrl: "https://shop.example.com/" },
          runProcess: () => Promise.reject(new Error("nothing runs here")),
          request: () => Promise.reject(new Error("nobody asks as a user here")),
          platform: createPlatformRequest({ allowPrivateNetwork: true }),
        },
      ),
    first: deployment("1.0.0", "a"),
    second: deployment("1.1.0", "b"),
    breakAt: async (effect: StrategyEffect) => cluster.trouble(faults[effect] ?? {}),
    repair: async () => cluster.trouble({}),
    switches: async () => cluster.switches(),
    call: ((wanted, more = {}) => ({
      ...{ deployment: wanted, previous: null, signal: new AbortController().signal, timeoutMs: 20_000 },
      log: (stream, text) => lines.push(`${stream} ${text}`),
      ...more,
    })) satisfies Awaited<ReturnType<StartTrial>>["call"],
    close: () => cluster.close(),
  }
}

export const startTrial: StartTrial = () => startKubernetesTrial()

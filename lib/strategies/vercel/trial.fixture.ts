import type { StrategyEffect } from "@/lib/contracts/strategy-effect"
import { createPlatformRequest } from "@/lib/server/http/platform-request"
import type { StartTrial, StrategyTrial } from "@/lib/testing/conformance/strategy-trial"
import { DOMAIN, type Misbehaviour, startVercel, TEAM, TOKEN, type Vercel } from "./server.trial.fixture"
import { createTarget } from "./target"

/** How each step of a deployment goes wrong at Vercel. */
const faults: Partial<Record<StrategyEffect, Misbehaviour>> = {
  deploy: { answer: { path: /^\/v13\/deployments$/, status: 400, times: 99 } },
  build: { build: "ERROR" },
  promote: { answer: { path: /\/promote\//, status: 400, times: 99 } },
  confirm: { lies: true },
}

export async function startVercelTrial(): Promise<StrategyTrial & { vercel: Vercel; lines: string[] }> {
  const vercel = await startVercel()
  const lines: string[] = []
  const config = {
    ...{ token: TOKEN, projectId: "prj_shop", teamId: TEAM, apiUrl: vercel.url },
    gitSource: { type: "github", org: "acme", repo: "shop" },
    ...{ pollMs: 20, buildTimeoutMs: 1_500, liveTimeoutMs: 1_000 },
  }
  const deployment = (version: string, digit: string) => ({
    ...{ deploymentId: `d-${version}`, version, ref: `v${version}`, commit: digit.repeat(40) },
  })
  return {
    ...{ vercel, lines, config },
    createTarget: () =>
      createTarget(config, {
        ...{ workDirectory: "/nonexistent", repository: "r", publicUrl: `https://${DOMAIN}/` },
        runProcess: () => Promise.reject(new Error("nothing runs here")),
        request: () => Promise.reject(new Error("nobody asks as a user here")),
        platform: createPlatformRequest({ allowPrivateNetwork: true }),
      }),
    first: deployment("1.0.0", "a"),
    second: deployment("1.1.0", "b"),
    breakAt: async (effect) => vercel.misbehave(faults[effect] ?? {}),
    repair: async () => vercel.misbehave({}),
    switches: async () => vercel.switches(),
    call: (wanted, change = {}) => ({
      ...{ deployment: wanted, previous: null, signal: new AbortController().signal, timeoutMs: 20_000 },
      log: (stream, text) => lines.push(`${stream} ${text}`),
      ...change,
    }),
    close: () => vercel.close(),
  }
}

export const startTrial: StartTrial = startVercelTrial

import { mkdtemp, rename, rm } from "node:fs/promises"
import type { IncomingMessage } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createSampleRepository, type SampleVersion } from "@/e2e/sample-service/create-repository"
import { startLocalHost } from "@/e2e/sample-service/start-local-host"
import type { StrategyEffect } from "@/lib/contracts/strategy-effect"
import { runProcess } from "@/lib/server/process/run-process"
import type { StartTrial } from "@/lib/testing/conformance/strategy-trial"
import { refuseSome } from "@/lib/testing/servers/refuse-some"
import { createLocalHostClient } from "./host/client"
import { createTarget } from "./target"

/** A real local host with real builds of the sample service; what breaks is the repository, the build, or the host's answers. */
export const startTrial: StartTrial = async () => {
  const root = await mkdtemp(join(tmpdir(), "golive-trial-"))
  const repository = await createSampleRepository({ directory: join(root, "postd") })
  const host = await startLocalHost({ dataDirectory: join(root, "host"), adminToken: "token" })
  let broken: StrategyEffect | null = null
  let breakages = 0
  const refused: Partial<Record<StrategyEffect, (req: IncomingMessage) => boolean>> = {
    start: ({ method, url = "" }) => method === "PUT" && url.startsWith("/instances/"),
    health: ({ method, url = "" }) => method === "GET" && url.startsWith("/instances/"),
    switch: ({ method, url }) => method === "PUT" && url === "/live",
  }
  const way = await refuseSome(host.adminUrl, (req) => (broken ? refused[broken]?.(req) : undefined) ?? false)
  const config = {
    adminUrl: way.url,
    adminToken: "token",
    buildTimeoutMs: 30_000,
    healthTimeoutMs: 5_000,
  }
  const away = `${repository.originDirectory}.away`
  const deployment = (version: SampleVersion) => ({
    deploymentId: `${version}-trial`,
    version: version.slice(1),
    ref: version,
    commit: repository.refs[version],
  })
  return {
    config,
    createTarget: () =>
      createTarget(
        { ...config, ...(broken === "build" ? { buildEnv: { BUILD_FAIL: "1" } } : {}) },
        {
          // What is built already is not built again: whoever breaks the build, or what comes before it, needs a new folder.
          workDirectory: join(root, `work-${breakages}`),
          repository: repository.originDirectory,
          publicUrl: host.proxyUrl,
          runProcess,
          platform: () => Promise.reject(new Error("this host is asked directly")),
          request: async (url, { signal, timeoutMs }) => {
            const answer = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]) })
            return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() }
          },
        },
      ),
    first: deployment("v1.0.0"),
    second: deployment("v1.1.0"),
    breakAt: async (effect) => {
      broken = effect
      if (effect !== "checkout" && effect !== "build") return
      breakages += 1
      if (effect === "checkout") await rename(repository.originDirectory, away)
    },
    repair: async () => {
      if (broken === "checkout") await rename(away, repository.originDirectory)
      broken = null
    },
    switches: async () =>
      (await createLocalHostClient({ adminUrl: host.adminUrl, token: "token" }).state()).switches.length,
    call: (wanted, change = {}) => ({
      deployment: wanted,
      previous: null,
      signal: new AbortController().signal,
      log: () => undefined,
      timeoutMs: 20_000,
      ...change,
    }),
    close: async () => {
      await way.close()
      await host.stop()
      await rm(root, { recursive: true, force: true })
    },
  }
}

import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import { freePort } from "./free-port"

const START_LIMIT_MS = 30_000

export interface Prometheus {
  url: string
  stop(): Promise<void>
}

/** A real Prometheus server with data of its own, which scrapes `target` (host and port, `/metrics`) every so often. */
export async function startPrometheus(target: string, intervalMs = 500): Promise<Prometheus> {
  const root = await mkdtemp(join(tmpdir(), "golive-prometheus-"))
  const port = await freePort()
  await writeFile(
    join(root, "prometheus.yml"),
    `global: { scrape_interval: ${intervalMs}ms, scrape_timeout: ${intervalMs}ms }
scrape_configs: [{ job_name: service, static_configs: [{ targets: ["${target}"] }] }]
`,
  )
  const options = [
    `--config.file=${root}/prometheus.yml`,
    `--storage.tsdb.path=${root}/data`,
    `--web.listen-address=127.0.0.1:${port}`,
    "--log.level=error",
  ]
  const child = spawn(process.env.PROMETHEUS_SERVER ?? "prometheus", options, { stdio: "ignore" })
  const exited = once(child, "exit")
  const url = `http://127.0.0.1:${port}`
  const stop = async () => {
    child.kill("SIGKILL")
    await exited
    await rm(root, { recursive: true, force: true, maxRetries: 3 })
  }
  const deadline = Date.now() + START_LIMIT_MS
  while (!(await isReady(url))) {
    if (Date.now() > deadline) {
      await stop()
      throw new Error("Prometheus did not start")
    }
    await delay(50)
  }
  return { url, stop }
}

async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/-/ready`).then(
    ({ ok }) => ok,
    () => false,
  )
}

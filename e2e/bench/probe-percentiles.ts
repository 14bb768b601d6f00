import { execFile } from "node:child_process"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { setTimeout as delay } from "node:timers/promises"
import { promisify } from "node:util"
import { createReader } from "@/lib/metrics/probe/read"
import { createPlatformRequest } from "@/lib/server/http/platform-request"

const run = promisify(execFile)
const RATE = 100
const SECONDS = 20
const WORKERS = 20
/** Of a hundred answers; where a percentile lies there are several of one length, so that both look at the same. */
const DELAYS_MS = [
  ...Array(50).fill(20),
  ...Array(38).fill(40),
  ...Array(8).fill(80),
  ...Array(4).fill(160),
] as number[]

/**
 * The probe's p99 beside that of `hey` for the same service at the same rate. Their ratio is what counts. Throws where hey
 * is not installed.
 */
export async function measureProbePercentiles() {
  let n = 0
  // 37 and 100 have no common divisor: a fixed order in which every length comes up evenly.
  const server = createServer((_req, res) => {
    n += 37
    setTimeout(() => res.end("ok"), DELAYS_MS[n % 100])
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  try {
    const each = String(RATE / WORKERS)
    const { stdout } = await run("hey", ["-z", `${SECONDS}s`, "-c", String(WORKERS), "-q", each, url])
    const heyMs = Number(/99% in ([\d.]+) secs/.exec(stdout)?.[1]) * 1_000
    const probeMs = await probeP99(url)
    return { heyP99Ms: heyMs, probeP99Ms: probeMs, ratio: Number((probeMs / heyMs).toFixed(3)) }
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

async function probeP99(url: string): Promise<number> {
  const request = createPlatformRequest({ allowPrivateNetwork: true })
  const intervalMs = SECONDS * 1_000
  const reader = createReader(
    { ratePerSecond: RATE, paths: ["/"], intervalMs, timeoutMs: 5_000 },
    {
      baseUrl: url,
      request: (asked, options) => request({ url: asked, ...options }),
      platform: request,
      nowMs: () => Date.now(),
      maintenanceOn: () => false,
      watched: () => null,
    },
  )
  reader.start()
  await delay(intervalMs)
  const samples = await reader.take()
  await reader.stop()
  return samples.find(({ metric }) => metric === "latency_p99")?.value ?? Number.NaN
}

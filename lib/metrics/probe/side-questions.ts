import type { MetricPorts } from "../contract"

type Options = { timeoutMs: number; signal: AbortSignal }

/** Whether the sign-in with a provider begins: a redirect. Null: maintenance, or a service without such an address. */
export async function askOauth(ports: MetricPorts, url: string, options: Options): Promise<boolean | null> {
  try {
    const { status, headers } = await ports.request(url, options)
    if (status === 404 || (status === 503 && ports.maintenanceOn())) return null
    return status >= 300 && status < 400 && Boolean(headers.location)
  } catch {
    return false
  }
}

/** How many jobs wait. Null: it does not say. */
export async function askQueueDepth(ports: MetricPorts, url: string, options: Options): Promise<number | null> {
  try {
    const { status, body } = await ports.request(url, options)
    if (status !== 200) return null
    const { depth } = JSON.parse(body) as { depth?: unknown }
    return typeof depth === "number" && Number.isFinite(depth) ? depth : null
  } catch {
    return null
  }
}

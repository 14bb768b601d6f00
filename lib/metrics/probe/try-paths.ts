import type { MetricPorts, QueryFinding } from "../contract"
import type { ProbeConfig } from "./definition"

/** Asks each path once: what answers with an error now would be measured as one. */
export async function tryPaths(
  { paths, timeoutMs }: ProbeConfig,
  { baseUrl, request }: MetricPorts,
  signal: AbortSignal,
): Promise<QueryFinding[]> {
  const answers = await Promise.all(
    paths.map((path) =>
      request(new URL(path, baseUrl).href, { timeoutMs, signal }).then(
        ({ status }) => ({ ok: status < 500, words: `${path} answers ${status}` }),
        (error: unknown) => ({ ok: false, words: `${path}: ${error instanceof Error ? error.message : error}` }),
      ),
    ),
  )
  const words = answers.map((answer) => answer.words).join(", ")
  return [{ metric: "error_rate", ok: answers.every(({ ok }) => ok), words: `${words}.` }]
}

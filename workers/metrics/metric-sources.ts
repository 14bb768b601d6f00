import type { EnvironmentConfig } from "@/lib/domain/environment/config"
import type { MetricName, Sample } from "@/lib/domain/metric/rule"
import type { MetricPorts, MetricReader, MetricSourceDefinition, QueryFinding } from "@/lib/metrics/contract"
import { metricDefinitions } from "@/lib/metrics/definitions.gen"
import { metricReaders } from "@/lib/metrics/readers.gen"
import { messageOf } from "../runtime/error-words"
import type { RunSecrets } from "../steps/run-secrets"

export interface MetricSource {
  kind: string
  title: string
  /** From one evaluation to the next, milliseconds. */
  intervalMs: number
  /** What it alone measures here. */
  metrics: ReadonlySet<MetricName>
  reader: MetricReader
}

/**
 * Where an environment's figures come from. A metric is measured by the first source that can; the probe, asked last, has the
 * rest. A source that cannot be set up (a secret is missing) is still there: its metrics are errors, and say why.
 */
export async function metricSources(
  { sources, probe }: Pick<EnvironmentConfig, "sources" | "probe">,
  secrets: Pick<RunSecrets, "fill" | "redactor">,
  ports: MetricPorts,
): Promise<MetricSource[]> {
  const taken = new Set<MetricName>()
  const answer: MetricSource[] = []
  for (const { kind, config } of [...sources, { kind: "probe", config: probe }]) {
    const definition = definitionOf(kind)
    const parsed = definition.configSchema.parse(config)
    const metrics = new Set(definition.metrics(parsed).filter((metric) => !taken.has(metric)))
    for (const metric of metrics) taken.add(metric)
    const words = (text: string) => secrets.redactor().text(text)
    const reader = await secrets.fill(config).then(
      (filled) => only(readerOf(kind)(filled, ports), metrics, words),
      (error: unknown) => broken(metrics, words(messageOf(error)), ports),
    )
    answer.push({ kind, title: definition.title, intervalMs: definition.intervalMs(parsed), metrics, reader })
  }
  return answer
}

function definitionOf(kind: string): MetricSourceDefinition {
  const definition = Object.hasOwn(metricDefinitions, kind) ? metricDefinitions[kind as "probe"] : undefined
  if (!definition) throw new Error(`There is no metric source of kind "${kind}"`)
  return definition as MetricSourceDefinition
}

function readerOf(kind: string) {
  return metricReaders[kind as keyof typeof metricReaders]
}

/** What another source measures is not told twice; nothing that a source says shows a secret. */
function only(reader: MetricReader, metrics: ReadonlySet<string>, clean: (words: string) => string): MetricReader {
  const cleaned = <T extends Sample | QueryFinding>(told: T): T =>
    told.words === undefined ? told : { ...told, words: clean(told.words) }
  return {
    start: () => reader.start(),
    stop: () => reader.stop(),
    take: async () => (await reader.take()).filter(({ metric }) => metrics.has(metric)).map(cleaned),
    tryOut: async (signal) => (await reader.tryOut(signal)).filter(({ metric }) => metrics.has(metric)).map(cleaned),
  }
}

function broken(metrics: ReadonlySet<MetricName>, words: string, { nowMs }: MetricPorts): MetricReader {
  return {
    start: () => {},
    stop: async () => {},
    take: async () =>
      [...metrics].map((metric) => ({
        ...{ metric, atMs: nowMs(), status: "error" as const, value: null, count: 0, words },
      })),
    tryOut: async () => [...metrics].map((metric) => ({ metric, ok: false, words })),
  }
}

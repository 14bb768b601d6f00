import { z } from "zod"
import type { MetricPorts } from "../contract"
import { askSource, SourceTrouble } from "../parts/ask-source"
import { type Outcome, outcomeOf } from "../parts/outcome"
import { fillRelease } from "../parts/release-in-query"
import type { DatadogConfig } from "./definition"

/** https://docs.datadoghq.com/api/latest/metrics: one column a formula, one value where nothing is grouped. */
const scalarSchema = z.object({
  data: z.object({
    attributes: z.object({
      columns: z.array(
        z.object({
          name: z.string(),
          type: z.string(),
          values: z.array(z.union([z.number(), z.null(), z.array(z.string())])),
        }),
      ),
    }),
  }),
  errors: z.string().nullish(),
})
/** https://docs.datadoghq.com/api/latest/monitors */
const monitorSchema = z.object({ id: z.number(), name: z.string(), overall_state: z.string() })

export interface Wanted {
  name: string
  query: string
  aggregator: string
}

/** Datadog's API with the keys of the settings. */
export function datadog(
  { url, apiKey, applicationKey, windowMs, timeoutMs, monitors }: DatadogConfig,
  ports: MetricPorts,
) {
  const base = url.replace(/\/$/, "")
  const headers = { "DD-API-KEY": apiKey, "DD-APPLICATION-KEY": applicationKey }

  /** All of them in one request, by name. What cannot be asked is answered for; a refused request is so for all. */
  async function scalars(wanted: readonly Wanted[], signal: AbortSignal): Promise<Map<string, Outcome>> {
    const answers = new Map<string, Outcome>()
    const asked = wanted.flatMap((one) => {
      const filled = fillRelease(one.query, ports.watched())
      if (!filled.ok) answers.set(one.name, { status: "no_data", words: filled.words })
      return filled.ok ? [{ ...one, query: filled.query }] : []
    })
    if (asked.length === 0) return answers
    const columns = await columnsOf(asked, signal)
    for (const { name } of asked) answers.set(name, outcomeIn(columns, name))
    return answers
  }

  async function columnsOf(asked: readonly Wanted[], signal: AbortSignal) {
    const to = ports.nowMs()
    const attributes = {
      ...{ from: to - windowMs, to, formulas: asked.map(({ name }) => ({ formula: name })) },
      queries: asked.map((one) => ({ data_source: "metrics", ...one })),
    }
    try {
      const { value } = await askSource("Datadog", ports.platform, {
        ...{ method: "POST", url: `${base}/api/v2/query/scalar`, schema: scalarSchema, timeoutMs, signal },
        headers: { ...headers, "Content-Type": "application/json" },
        body: JSON.stringify({ data: { type: "scalar_request", attributes } }),
      })
      if (value.errors) return new SourceTrouble(`Datadog says: ${value.errors.slice(0, 300)}`)
      return value.data.attributes.columns
    } catch (error) {
      return error instanceof SourceTrouble ? error : new SourceTrouble("The question was ended.")
    }
  }

  /** How many of the monitors alert, and what else is to be said of them. */
  async function firing(signal: AbortSignal): Promise<{ outcome: Outcome; words: string }> {
    try {
      const states = await Promise.all(
        monitors.map(async (id) => {
          const { value } = await askSource("Datadog", ports.platform, {
            ...{ url: `${base}/api/v1/monitor/${id}`, schema: monitorSchema, headers, timeoutMs, signal },
          })
          return value
        }),
      )
      const words = states.map(({ name, overall_state }) => `${name}: ${overall_state}`).join("; ")
      // A monitor without data sees nothing: that it does not alert says nothing.
      const blind = states.filter(({ overall_state }) => ["No Data", "Unknown"].includes(overall_state))
      const alerting = states.filter(({ overall_state }) => overall_state === "Alert").length
      if (alerting === 0 && blind.length > 0) return { outcome: { status: "no_data", words }, words }
      return { outcome: { status: "good", value: alerting }, words }
    } catch (error) {
      const words = error instanceof SourceTrouble ? error.message : "The question was ended."
      return { outcome: { status: "error", words }, words }
    }
  }

  return { scalars, firing }
}

type Columns = z.infer<typeof scalarSchema>["data"]["attributes"]["columns"]

function outcomeIn(columns: Columns | SourceTrouble, name: string): Outcome {
  if (columns instanceof SourceTrouble) return { status: "error", words: columns.message }
  const values = columns.find((column) => column.name === name && column.type === "number")?.values ?? []
  if (values.length > 1) {
    return { status: "error", words: `The query returns ${values.length} groups; it must give one: leave out \`by\`.` }
  }
  const [value] = values
  if (typeof value !== "number") return { status: "no_data", words: "The query returns nothing." }
  return outcomeOf(value)
}

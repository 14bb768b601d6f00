import { z } from "zod"
import { metricNames } from "@/lib/domain/metric/rule"
import { comparisonText } from "../comparison"
import { checkDuration } from "../duration"

const headerName = z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}$/, "is no name of a header")

export const AGGREGATES = ["sum", "max", "min"] as const
const OF_PROBE = ["for", "minSamples"] as const
const OF_PAGE = ["name", "labels", "aggregate", "eventually", "headers", "timeout"] as const

export const metricConfigSchema = z
  .strictObject({
    is: z
      .union([comparisonText, z.array(comparisonText).min(1).max(2)])
      .describe('The limit, such as `"< 2000"`, or two of them: `[">= 1", "<= 100"]`.'),
    metric: z
      .enum(metricNames)
      .optional()
      .describe(
        "What the environment's own probe measures. Times are in ms, rates of errors and successes from 0 to 1.",
      ),
    for: checkDuration
      .optional()
      .describe("How long is measured; left out: 10s. Every reading must be within the limit."),
    minSamples: z.int().min(1).max(1_000).optional().describe("Fewer readings say nothing; left out: 3."),
    url: z.string().min(1).max(4_000).optional().describe("A page in Prometheus' text format, instead of `metric`."),
    name: z
      .string()
      .min(1)
      .max(300)
      .optional()
      .describe("The name of the sample on that page, such as `queue_depth` or `http_requests_total`."),
    labels: z
      .record(z.string().min(1).max(200), z.string().max(1_000))
      .optional()
      .describe("Only samples with these labels; others may have more."),
    aggregate: z
      .enum(AGGREGATES)
      .optional()
      .describe("What becomes of several samples. Left out: exactly one must match."),
    eventually: checkDuration.optional().describe("Asks each second until it is so, at most this long."),
    headers: z.record(headerName, z.string().max(8_000)).optional().describe("Sent with the request of the page."),
    timeout: checkDuration.optional().describe("For each request of the page."),
  })
  .refine(({ metric, url }) => (metric === undefined) !== (url === undefined), "needs one of `metric` and `url`")
  .superRefine((config, ctx) => {
    const isPage = config.url !== undefined
    if (isPage && config.name === undefined) {
      ctx.addIssue({ code: "custom", path: ["name"], message: "must say which sample of the page" })
    }
    for (const field of isPage ? OF_PROBE : OF_PAGE) {
      if (config[field] === undefined) continue
      ctx.addIssue({ code: "custom", path: [field], message: `belongs to \`${isPage ? "metric" : "url"}\`` })
    }
  })
export type MetricConfig = z.infer<typeof metricConfigSchema>

export const USUAL_FOR = "10s"
export const USUAL_SAMPLES = 3

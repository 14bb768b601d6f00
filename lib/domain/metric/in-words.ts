import type { MetricRule, metricNames } from "./rule"

export const metricTitles: Record<(typeof metricNames)[number], string> = {
  request_rate: "Request rate",
  error_rate: "Error rate",
  latency_p99: "Response time p99",
  db_query_p99: "Database query p99",
  db_pool: "Database pool in use",
  queue_depth: "Queue depth",
  oauth_success_rate: "OAuth success",
  uptime: "Uptime",
  new_issues: "New issues",
  crash_free_rate: "Crash-free sessions",
  alerts_firing: "Alerts firing",
}

/** "5.2 %", "1840 ms", "12.5 / s": a value in its unit, as people read it. */
export function valueInWords(value: number, unit: string): string {
  switch (unit) {
    case "ratio":
      return `${rounded(value * 100)} %`
    case "per_second":
      return `${rounded(value)} / s`
    default:
      return `${rounded(value)} ${unit}`.trim()
  }
}

/** "Error rate > 5 %". */
export function ruleInWords({ metric, comparison, limit, unit }: MetricRule): string {
  return `${metricTitles[metric]} ${comparison} ${valueInWords(limit, unit)}`
}

function rounded(value: number): string {
  return String(Number(value.toPrecision(3)) || 0)
}

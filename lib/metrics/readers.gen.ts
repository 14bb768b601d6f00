// Written by scripts/generate.mjs from the names of the folders here.
import { createReader as datadogKind } from "./datadog/read"
import { createReader as probeKind } from "./probe/read"
import { createReader as prometheusKind } from "./prometheus/read"
import { createReader as sentryKind } from "./sentry/read"

export const metricReaders = {
  datadog: datadogKind,
  probe: probeKind,
  prometheus: prometheusKind,
  sentry: sentryKind,
} as const

// Written by scripts/generate.mjs from the names of the folders here.
import { definition as datadogKind } from "./datadog/definition"
import { definition as probeKind } from "./probe/definition"
import { definition as prometheusKind } from "./prometheus/definition"
import { definition as sentryKind } from "./sentry/definition"

export const metricDefinitions = {
  datadog: datadogKind,
  probe: probeKind,
  prometheus: prometheusKind,
  sentry: sentryKind,
} as const

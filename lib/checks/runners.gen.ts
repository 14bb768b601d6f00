// Written by scripts/generate.mjs from the names of the folders here.
import { run as bundleSizeKind } from "./bundle-size/run"
import { run as commandKind } from "./command/run"
import { run as dnsKind } from "./dns/run"
import { run as envFileKind } from "./env-file/run"
import { run as externalKind } from "./external/run"
import { run as gitKind } from "./git/run"
import { run as httpKind } from "./http/run"
import { run as manualKind } from "./manual/run"
import { run as metricKind } from "./metric/run"
import { run as piiScanKind } from "./pii-scan/run"
import { run as postgresKind } from "./postgres/run"
import { run as queueKind } from "./queue/run"
import { run as redisKind } from "./redis/run"
import { run as secretsScanKind } from "./secrets-scan/run"
import { run as tcpKind } from "./tcp/run"
import { run as tlsKind } from "./tls/run"

export const checkRunners = {
  "bundle-size": bundleSizeKind,
  command: commandKind,
  dns: dnsKind,
  "env-file": envFileKind,
  external: externalKind,
  git: gitKind,
  http: httpKind,
  manual: manualKind,
  metric: metricKind,
  "pii-scan": piiScanKind,
  postgres: postgresKind,
  queue: queueKind,
  redis: redisKind,
  "secrets-scan": secretsScanKind,
  tcp: tcpKind,
  tls: tlsKind,
} as const

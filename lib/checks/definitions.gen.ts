// Written by scripts/generate.mjs from the names of the folders here.
import { definition as bundleSizeKind } from "./bundle-size/definition"
import { definition as commandKind } from "./command/definition"
import { definition as dnsKind } from "./dns/definition"
import { definition as envFileKind } from "./env-file/definition"
import { definition as externalKind } from "./external/definition"
import { definition as gitKind } from "./git/definition"
import { definition as httpKind } from "./http/definition"
import { definition as manualKind } from "./manual/definition"
import { definition as metricKind } from "./metric/definition"
import { definition as piiScanKind } from "./pii-scan/definition"
import { definition as postgresKind } from "./postgres/definition"
import { definition as queueKind } from "./queue/definition"
import { definition as redisKind } from "./redis/definition"
import { definition as secretsScanKind } from "./secrets-scan/definition"
import { definition as tcpKind } from "./tcp/definition"
import { definition as tlsKind } from "./tls/definition"

export const checkDefinitions = {
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

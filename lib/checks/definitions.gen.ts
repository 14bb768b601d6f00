// Written by scripts/generate.mjs from the names of the folders here.
import { definition as commandKind } from "./command/definition"
import { definition as dnsKind } from "./dns/definition"
import { definition as envFileKind } from "./env-file/definition"
import { definition as gitKind } from "./git/definition"
import { definition as httpKind } from "./http/definition"
import { definition as manualKind } from "./manual/definition"
import { definition as postgresKind } from "./postgres/definition"
import { definition as queueKind } from "./queue/definition"
import { definition as redisKind } from "./redis/definition"
import { definition as tcpKind } from "./tcp/definition"
import { definition as tlsKind } from "./tls/definition"

export const checkDefinitions = {
  command: commandKind,
  dns: dnsKind,
  "env-file": envFileKind,
  git: gitKind,
  http: httpKind,
  manual: manualKind,
  postgres: postgresKind,
  queue: queueKind,
  redis: redisKind,
  tcp: tcpKind,
  tls: tlsKind,
} as const

import type { EvidenceBlock } from "@/lib/contracts/evidence"
import { errored, judged } from "../answer"
import { checkDurationMs, sayDuration, timeLimitMs } from "../duration"
import { openRedis, type RedisConnection, readInfo } from "../open-redis"
import type { CheckPorts, CheckResult, CheckRunner, Expectation } from "../ports"
import { shortPrintable } from "../printable"
import { readRedisUrl } from "../redis-url"
import { limitTime } from "../time-limit"
import { findServer, Unmet, unmetResult } from "../unmet"
import { definition, type RedisConfig, type RedisExpect, redisConfigSchema } from "./definition"
import { judgeInfo } from "./judge-info"
import { judgeKeys } from "./judge-keys"

/** One connection that asks and changes nothing. */
export const run: CheckRunner = async (rawConfig, ports) => {
  const config = redisConfigSchema.parse(rawConfig)
  const { timeoutMs: defaultMs, longestTimeoutMs } = definition.limits
  const timeoutMs = Math.min(ports.timeoutMs, timeLimitMs(config.timeout, defaultMs, longestTimeoutMs))
  const place = readRedisUrl(config.url, config)
  const limit = limitTime(ports, timeoutMs)
  const fact = (label: string, value: string) => ({ label, value, verdict: "neutral" as const })
  const facts = [
    fact("Host", `${place.host}, port ${place.port}`),
    fact("Encrypted", place.tls === "off" ? "no" : "yes"),
  ]
  const blocks: EvidenceBlock[] = [{ type: "facts", facts }]
  try {
    const { address } = await findServer(place.host, ports)
    ports.log("info", `Connecting to ${place.host} (${address}), port ${place.port}\n`)
    const redis = await openRedis(place, address, limit)
    try {
      if (redis.passwordIgnored) facts.push(fact("Password", "given, but the server asks for none"))
      return await look(config, redis, ports, blocks)
    } finally {
      redis.close()
    }
  } catch (error) {
    ports.log("err", `${error instanceof Error ? error.message : String(error)}\n`)
    return unmetResult(error, ports, limit, blocks)
  } finally {
    limit.end()
  }
}

async function look(
  { expect }: RedisConfig,
  redis: RedisConnection,
  ports: CheckPorts,
  blocks: EvidenceBlock[],
): Promise<CheckResult> {
  const beganMs = ports.nowMs()
  const pong = await redis.ask("PING")
  const tookMs = ports.nowMs() - beganMs
  if (pong !== "PONG") throw new Unmet("PING", "PONG", shortPrintable(String(pong)))
  ports.log("info", `PONG after ${sayDuration(tookMs)}\n`)
  const expectations: Expectation[] = [{ what: "PING", expected: "PONG", actual: "PONG", ok: true }]
  expectations.push(...judgeLatency(expect, tookMs))
  const unknown: string[] = []
  const shown: EvidenceBlock[] = [latencyBlock(expect, tookMs)]
  if (asksInfo(expect)) {
    const info = readInfo(String(await redis.ask("INFO")))
    const judged = await judgeInfo(expect, info, redis, ports)
    expectations.push(...judged.expectations)
    unknown.push(...judged.unknown)
    shown.push(...judged.blocks)
  }
  expectations.push(...(await judgeKeys(expect.keys ?? [], redis, ports)))
  const all = [...shown, ...blocks]
  // What is known to be wrong counts for more than what is not known.
  if (unknown.length > 0 && expectations.every(({ ok }) => ok)) return errored(unknown.join("; "), all)
  return judged(expectations, all, { passed: "Redis answers and is as expected" })
}

const asksInfo = ({ role, replicas, aof, savedWithin, info = {} }: RedisExpect) =>
  [role, replicas, aof, savedWithin].some((one) => one !== undefined) || Object.keys(info).length > 0

function judgeLatency({ latencyBelow }: RedisExpect, tookMs: number): Expectation[] {
  if (latencyBelow === undefined) return []
  const limitMs = checkDurationMs(latencyBelow)
  const [expected, actual] = [`below ${sayDuration(limitMs)}`, sayDuration(tookMs)]
  return [{ what: "Latency", expected, actual, ok: tookMs < limitMs, volatile: true }]
}

function latencyBlock({ latencyBelow }: RedisExpect, tookMs: number): EvidenceBlock {
  const limit = latencyBelow === undefined ? undefined : checkDurationMs(latencyBelow)
  const verdict = limit === undefined ? "neutral" : tookMs < limit ? "good" : "bad"
  const value = Number(tookMs.toFixed(2))
  return { type: "metric", label: "Latency", value, unit: "ms", ...(limit === undefined ? {} : { limit }), verdict }
}

import type { EvidenceBlock } from "@/lib/contracts/evidence"
import { checkDurationMs, sayDuration } from "../duration"
import { type RedisConnection, redisTimeMs, sayAge } from "../open-redis"
import type { CheckPorts, Expectation } from "../ports"
import { shortPrintable } from "../printable"
import { judgeCount, judgeValue } from "../value-expectation"
import type { RedisExpect } from "./definition"

export interface InfoJudgement {
  expectations: Expectation[]
  /** What INFO does not tell, in sentences. */
  unknown: string[]
  blocks: EvidenceBlock[]
}

const ROLES: Record<string, string> = { master: "master", slave: "replica" }

export async function judgeInfo(
  expect: RedisExpect,
  info: ReadonlyMap<string, string>,
  redis: RedisConnection,
  { match }: Pick<CheckPorts, "match">,
): Promise<InfoJudgement> {
  const expectations: Expectation[] = []
  const unknown: string[] = []
  const field = (name: string, judge: (value: string) => Expectation[]) => {
    const value = info.get(name)
    if (value === undefined) unknown.push(`INFO of this server says nothing of ${name}`)
    else expectations.push(...judge(value))
  }
  const { role, replicas, aof, savedWithin } = expect
  if (role) {
    field("role", (value) => {
      const actual = ROLES[value] ?? shortPrintable(value)
      return [{ what: "Role", expected: role, actual, ok: actual === role }]
    })
  }
  if (replicas) field("connected_slaves", (value) => judgeCount("Connected replicas", replicas, Number(value)))
  if (aof !== undefined) {
    field("aof_enabled", (value) => {
      const [expected, actual] = [sayOn(aof), sayOn(value === "1")]
      return [{ what: "Log of writes (AOF)", expected, actual, ok: expected === actual }]
    })
  }
  if (savedWithin) {
    const nowMs = await redisTimeMs(redis)
    field("rdb_last_save_time", (value) => [judgeSaved(savedWithin, Number(value) * 1_000, nowMs)])
  }
  for (const [name, wanted] of Object.entries(expect.info ?? {})) {
    field(name, (value) => judgeValue(name, wanted, value, match))
  }
  return { expectations, unknown, blocks: [...metrics(expect, info), ...factsBlock(expect, info)] }
}

const sayOn = (on: boolean) => (on ? "on" : "off")

/** A server that has never saved counts from its own start. */
function judgeSaved(savedWithin: string, savedMs: number, nowMs: number): Expectation {
  const limitMs = checkDurationMs(savedWithin)
  const ageMs = Math.max(0, nowMs - savedMs)
  const expected = `within ${sayDuration(limitMs)}`
  return { what: "Last snapshot", expected, actual: `${sayAge(ageMs)} ago`, ok: ageMs <= limitMs, volatile: true }
}

/** Numbers with one plain limit are drawn. */
function metrics({ info: wanted = {} }: RedisExpect, info: ReadonlyMap<string, string>): EvidenceBlock[] {
  return Object.entries(wanted).flatMap(([name, { below, atMost }]) => {
    const [limit, value] = [below ?? atMost, Number(info.get(name) ?? Number.NaN)]
    if (typeof limit !== "number" || !Number.isFinite(value)) return []
    const ok = below === undefined ? value <= limit : value < limit
    return [
      {
        type: "metric" as const,
        label: name,
        value,
        unit: "",
        limit,
        verdict: ok ? ("good" as const) : ("bad" as const),
      },
    ]
  })
}

const SHOWN = [
  ...["redis_version", "role", "connected_slaves", "connected_clients", "used_memory_human", "maxmemory_human"],
  ...["maxmemory_policy", "aof_enabled", "rdb_last_bgsave_status"],
]

function factsBlock({ info: wanted = {} }: RedisExpect, info: ReadonlyMap<string, string>): EvidenceBlock[] {
  const names = [...new Set([...SHOWN, ...Object.keys(wanted)])].filter((name) => info.has(name))
  const facts = names.map((name) => ({
    ...{ label: name, value: shortPrintable(info.get(name) ?? "") },
    verdict: "neutral" as const,
  }))
  return facts.length > 0 ? [{ type: "facts", title: "INFO", facts }] : []
}

import { short } from "../answer"
import type { RedisConnection } from "../open-redis"
import type { CheckPorts, Expectation } from "../ports"
import { shortPrintable } from "../printable"
import { judgeValue, saysSomething } from "../value-expectation"
import type { KeyExpect } from "./definition"

/** A value that is longer is not compared: it would have to be read in full. */
const LONGEST_VALUE = 100_000

export async function judgeKeys(keys: KeyExpect[], redis: RedisConnection, ports: CheckPorts): Promise<Expectation[]> {
  const expectations: Expectation[] = []
  for (const key of keys) expectations.push(...(await judgeKey(key, redis, ports)))
  return expectations
}

async function judgeKey(
  { key, exists, ...value }: KeyExpect,
  { ask }: RedisConnection,
  { match }: CheckPorts,
): Promise<Expectation[]> {
  const what = `Key ${short(key, 100)}`
  const there = (await ask("EXISTS", key)) === 1
  const expectations: Expectation[] = []
  if (exists !== undefined) {
    const say = (is: boolean) => (is ? "exists" : "does not exist")
    expectations.push({ what, expected: say(exists), actual: say(there), ok: there === exists })
  }
  if (!saysSomething(value)) return expectations
  if (!there) return [...expectations, ...judgeValue(what, value, null, match)]
  const type = String(await ask("TYPE", key))
  if (type !== "string") {
    return [...expectations, { what, expected: "a text", actual: `a ${shortPrintable(type)}`, ok: false }]
  }
  if (Number(await ask("STRLEN", key)) > LONGEST_VALUE) {
    throw new Error(`${what} holds more than ${LONGEST_VALUE} bytes, which are not compared`)
  }
  const text = String(await ask("GETRANGE", key, 0, LONGEST_VALUE))
  return [...expectations, ...judgeValue(what, value, text, match)]
}

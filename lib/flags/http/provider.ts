import { isDeepStrictEqual } from "node:util"
import type { CreateFlag, FlagState } from "../contract"
import { createAskJson } from "../parts/ask-json"
import { untilSet } from "../parts/until-set"
import { httpConfigSchema } from "./definition"

export const createFlag: CreateFlag = (rawConfig, ports) => {
  const config = httpConfigSchema.parse(rawConfig)
  const { url, method, headers, statePointer, settleMs, onValue = true } = config
  // With values of its own for on, everything else is off where the settings do not say more.
  const offValue = config.offValue ?? (config.onValue === undefined ? false : undefined)
  const { host } = new URL(url)
  const ask = createAskJson({ name: host, missing: "has no such flag" }, ports)

  async function state(): Promise<FlagState> {
    const { body } = await ask({ url: config.stateUrl ?? url, headers })
    const found = at(body, statePointer)
    if (found === undefined) throw new Error(`The answer of ${host} holds nothing at "${statePointer}"`)
    if (isDeepStrictEqual(found, onValue)) return { on: true }
    if (offValue === undefined || isDeepStrictEqual(found, offValue)) return { on: false }
    throw new Error(`The answer of ${host} says neither on nor off at "${statePointer}"`)
  }

  return {
    state,
    async set(on, reason) {
      const own = on ? config.onBody : config.offBody
      const body = own === undefined ? { enabled: on, reason } : withReason(own, reason)
      await ask({ method, url, headers, body: JSON.stringify(body) })
      return untilSet(host, state, { wanted: on, settleMs, signal: ports.signal })
    },
  }
}

/** The value at a JSON pointer; undefined where there is none. */
function at(body: unknown, pointer: string): unknown {
  let value = body
  for (const part of pointer.split("/").slice(1)) {
    const name = part.replaceAll("~1", "/").replaceAll("~0", "~")
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined
    value = (value as Record<string, unknown>)[name]
  }
  return value
}

function withReason(body: unknown, reason: string): unknown {
  if (typeof body === "string") return body.replaceAll("{{reason}}", () => reason)
  if (Array.isArray(body)) return body.map((part) => withReason(part, reason))
  if (body === null || typeof body !== "object") return body
  return Object.fromEntries(Object.entries(body).map(([key, part]) => [key, withReason(part, reason)]))
}

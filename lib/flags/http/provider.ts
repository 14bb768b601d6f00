import { isDeepStrictEqual } from "node:util"
import type { CreateFlag, FlagState } from "../contract"
import { createAskJson } from "../parts/ask-json"
import { assertSet } from "../parts/assert-set"
import { httpConfigSchema } from "./definition"

export const createFlag: CreateFlag = (rawConfig, ports) => {
  const config = httpConfigSchema.parse(rawConfig)
  const { url, method, headers, statePointer, onValue = true } = config
  const ask = createAskJson(new URL(url).host, ports)

  async function state(): Promise<FlagState> {
    const where = config.stateUrl ?? url
    const { body } = await ask({ url: where, headers })
    const found = at(body, statePointer)
    if (found === undefined) throw new Error(`The answer of ${where} holds nothing at ${statePointer}`)
    return { on: isDeepStrictEqual(found, onValue) }
  }

  return {
    state,
    async set(on, reason) {
      const own = on ? config.onBody : config.offBody
      const body = own === undefined ? { enabled: on, reason } : withReason(own, reason)
      await ask({ method, url, headers, body: JSON.stringify(body) })
      return assertSet(new URL(url).host, await state(), on)
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

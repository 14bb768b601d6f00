import { JSONPathEnvironment, type JSONValue } from "json-p3"
import { whyNoJsonPath } from "./json-path-syntax"
import { TooSlow, withinTime } from "./within-time"

const TIME_LIMIT_MS = 300
const environment = new JSONPathEnvironment({ maxRecursionDepth: 100 })
// Their patterns come from the path or even from the answer, and some patterns take years.
environment.functionRegister.delete("match")
environment.functionRegister.delete("search")

export interface Found {
  values: unknown[]
  /** The path can only ever lead to one value. */
  isOne: boolean
}

/** All values at a path of RFC 9535. Throws an Error in words where the path cannot be read, or not in time. */
export function queryJson(value: unknown, path: string): Found {
  const wrong = whyNoJsonPath(path)
  if (wrong) throw new Error(wrong)
  try {
    const query = environment.compile(path)
    const values = withinTime(() => query.query(value as JSONValue).values(), TIME_LIMIT_MS)
    return { values, isOne: query.singularQuery() }
  } catch (error) {
    if (error instanceof TooSlow) throw new Error(`"${path}" ${error.message}`, { cause: error })
    const words = error instanceof Error ? error.message : String(error)
    throw new Error(`"${path}" cannot be read: ${words.slice(0, 200)}`, { cause: error })
  }
}

import { setTimeout as delay } from "node:timers/promises"
import { json, Refusal } from "./http.js"

const PLAIN = { dropHeader: "", openCors: false, noRateLimit: false, stuckQueue: false, smallPool: false, slowPath: "" }

/**
 * Switchable faults for drills. Errors are spread evenly (a rate of 0.25 fails every fourth request), not by chance.
 * `dropHeader`: a response header that is left out. `slowPath`: where `delayMs` strikes; everywhere if empty.
 */
export function createFaults(config) {
  let current = { ...config.faults, ...PLAIN }
  let debt = 0

  async function strike(path) {
    if (current.delayMs > 0 && (current.slowPath === "" || current.slowPath === path)) await delay(current.delayMs)
    debt += current.errorRate
    if (debt < 1) return null
    debt -= 1
    return json(500, { error: "injected_fault", message: "This error was asked for" })
  }

  function change(req, body) {
    if (!config.faultsSwitchable) throw new Refusal(404, "not_found", "Nothing at /__faults")
    if (config.faultsToken && req.headers["x-faults-token"] !== config.faultsToken) {
      throw new Refusal(403, "forbidden", "X-Faults-Token is missing or wrong")
    }
    const next = { ...current, ...body }
    if (!(next.errorRate >= 0 && next.errorRate <= 1))
      throw new Refusal(422, "invalid", "errorRate must be from 0 to 1")
    if (!(next.delayMs >= 0 && next.delayMs <= 60_000))
      throw new Refusal(422, "invalid", "delayMs must be from 0 to 60000")
    for (const name of ["brokenOauth", "openCors", "noRateLimit", "stuckQueue", "smallPool"]) {
      if (typeof next[name] !== "boolean") throw new Refusal(422, "invalid", `${name} must be true or false`)
    }
    for (const name of ["dropHeader", "slowPath"]) {
      if (typeof next[name] !== "string") throw new Refusal(422, "invalid", `${name} must be text`)
    }
    current = Object.fromEntries(Object.keys(current).map((name) => [name, next[name]]))
    debt = 0
    return json(200, current)
  }

  return { strike, change, current: () => current }
}

import { setTimeout as delay } from "node:timers/promises"
import { json, Refusal } from "./http.js"

/** Switchable faults for drills. Errors are spread evenly (a rate of 0.25 fails every fourth request), not by chance. */
export function createFaults(config) {
  let current = { ...config.faults }
  let debt = 0

  async function strike() {
    if (current.delayMs > 0) await delay(current.delayMs)
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
    if (typeof next.brokenOauth !== "boolean") throw new Refusal(422, "invalid", "brokenOauth must be true or false")
    current = { errorRate: next.errorRate, delayMs: next.delayMs, brokenOauth: next.brokenOauth }
    debt = 0
    return json(200, current)
  }

  return { strike, change, current: () => current }
}

import type { Expectation } from "../ports"
import type { StatusExpectation } from "./expect-schema"

export function judgeStatus(wanted: StatusExpectation, status: number, what = "Status"): Expectation {
  const ok = [wanted].flat().some((one) => isWithin(one, status))
  return { what, expected: sayStatus(wanted), actual: String(status), ok }
}

/** `200`, `201 or 204`, `2xx`. */
export function sayStatus(wanted: StatusExpectation): string {
  return [wanted].flat().join(" or ")
}

function isWithin(wanted: number | string, status: number): boolean {
  if (typeof wanted === "number") return status === wanted
  if (wanted.endsWith("xx")) return Math.floor(status / 100) === Number(wanted[0])
  const [from = wanted, to = from] = wanted.split("-")
  return status >= Number(from) && status <= Number(to)
}

import type { Expectation } from "../ports"
import type { HttpConfig } from "./config-schema"

/** Whoever reads the result must see that anybody could have answered. */
export function certificateNotChecked(tls: HttpConfig["tls"]): Expectation[] {
  return tls?.allowInvalid ? [{ what: "Certificate", expected: "not checked", actual: "not checked", ok: true }] : []
}

import type { z } from "zod"
import type { delegateRequest } from "@/lib/contracts/api/signoffs"
import { request } from "./api"

/** `POST /delegations`: somebody signs in my stead until a date. */
export function nameStandIn(body: z.input<typeof delegateRequest>): Promise<unknown> {
  return request("POST", "/delegations", body)
}

/** `DELETE /delegations/:id`. */
export function endDelegation(id: string): Promise<unknown> {
  return request("DELETE", `/delegations/${id}`, {})
}

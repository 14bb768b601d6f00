import { queryOptions } from "@tanstack/react-query"
import { request } from "@/lib/client/api"
import type { PasskeyList } from "@/lib/contracts/api/passkeys"

/** My own passkeys, and whom passkeys of this console are made for. */
export const passkeysQuery = queryOptions({
  queryKey: ["passkeys"],
  queryFn: ({ signal }) => request<PasskeyList>("GET", "/me/passkeys", undefined, signal),
  refetchOnWindowFocus: true,
  retry: 1,
})

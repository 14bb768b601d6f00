import { headers } from "next/headers"
import { cache } from "react"
import { currentContext } from "@/lib/server/people/session"

/** Who looks at the page, read once a request. */
export const caller = cache(async () => currentContext(await headers()))

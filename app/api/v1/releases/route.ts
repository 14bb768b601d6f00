import { route } from "@/lib/server/http-api/route"
import { createRelease } from "@/lib/server/releases/create-release"
import { listReleases } from "@/lib/server/releases/list-releases"

export const dynamic = "force-dynamic"

export const GET = route(({ ctx, query }) => listReleases(ctx, query))

export const POST = route(({ ctx, body }) => createRelease(ctx, body), { status: 201 })

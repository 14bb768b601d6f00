import { closeReleaseRequest } from "@/lib/contracts/api/requests"
import { decideClose } from "@/lib/domain/release/decide-close"
import type { Context } from "@/lib/server/access/context"
import type { Result } from "@/lib/server/result"
import { type Changed, changeRelease } from "./change-release"

/** Ends a release: its watch stops and its triggers are disarmed. */
export function closeRelease(ctx: Context, releaseId: string, body: unknown): Promise<Result<Changed>> {
  return changeRelease(
    ctx,
    { releaseId, action: "release.close", schema: closeReleaseRequest, body, lockEnvironment: true },
    ({ state }, input, { actor }) => decideClose(state, { note: input?.note ?? null }, actor),
  )
}

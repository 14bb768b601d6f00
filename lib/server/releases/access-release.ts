import type { Action } from "@/lib/domain/access/policy"
import { type Authorised, authorise } from "@/lib/server/access/authorise"
import type { Context } from "@/lib/server/access/context"
import { type Result, refused } from "@/lib/server/result"
import { findRelease, noSuchRelease } from "./find-release"

export interface ReleaseAccess {
  release: { id: string; serviceId: string; environmentId: string }
  access: Extract<Authorised, { ok: true }>
}

/** Finds a release and asks whether the caller may do this with it. Nobody learns which ids exist without signing in. */
export async function accessRelease(ctx: Context, action: Action, releaseId: string): Promise<Result<ReleaseAccess>> {
  if (!ctx.person) return refused("unauthenticated", "Sign in first.")
  const release = await findRelease(releaseId)
  if (!release) return noSuchRelease
  const access = await authorise(ctx, action, release.serviceId, { releaseId })
  return access.ok ? { ok: true, value: { release, access } } : access
}

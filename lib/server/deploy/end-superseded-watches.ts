import { decideClose } from "@/lib/domain/release/decide-close"
import type { ReleaseState } from "@/lib/domain/release/state"
import { withRelease } from "@/lib/server/commit/with-release"
import { prisma } from "@/lib/server/db"
import { log } from "@/lib/server/log"

/**
 * A release that is watched stays armed, whatever its verdict was. Once another one is being deployed to the same environment, what its rules see is
 * the newer one, and acting on it would put the wrong version back: it is closed.
 */
export async function endSupersededWatches(newer: ReleaseState): Promise<void> {
  const watched = await prisma.release.findMany({
    where: { environmentId: newer.environment.id, status: { in: ["verifying", "watching"] }, id: { not: newer.id } },
    select: { id: true, name: true },
  })
  for (const { id, name } of watched) {
    const closed = await withRelease(id, ({ state }) =>
      decideClose(
        state,
        { note: `Superseded: ${newer.name} is being deployed to ${newer.environment.name}.` },
        { type: "console", reason: "a newer release is being deployed" },
      ),
    )
    if (!closed.ok)
      log.warn({ releaseId: id, name, refusal: closed.refusal.message }, "a superseded release stays open")
  }
}

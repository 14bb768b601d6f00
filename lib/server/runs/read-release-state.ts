import type { ReleaseState } from "@/lib/domain/release/state"
import { prisma } from "@/lib/server/db"

/** A release's state as it is committed now. Throws where there is no such release. */
export async function readReleaseState(releaseId: string): Promise<ReleaseState> {
  const { state } = await prisma.release.findUniqueOrThrow({ where: { id: releaseId }, select: { state: true } })
  return state as unknown as ReleaseState
}

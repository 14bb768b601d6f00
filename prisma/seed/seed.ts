import { type Env, env } from "@/lib/server/env"
import { deployFirstVersion } from "./first-deployment"
import { createFirstRelease } from "./first-release"
import { ensureRotas } from "./oncall"
import { ensurePeople } from "./people"
import { ensureService } from "./service"
import { writeSetupLink } from "./setup-link"

/**
 * Fills an empty database so far as it is meant to be filled; may be repeated. The demo (and the embedded default) gets
 * the service POSTD, its team and something that is live; a server only a one-time link for its first administrator.
 */
export async function seed(settings: Env = env()): Promise<void> {
  if (!wantsDemo(settings)) return writeSetupLink(settings)
  requireLoopback(settings)
  const people = await ensurePeople(settings)
  const service = await ensureService(settings)
  await ensureRotas(service, people)
  await deployFirstVersion(settings)
  await createFirstRelease(service, people)
}

function wantsDemo(settings: Env): boolean {
  return settings.GOLIVE_SEED ? settings.GOLIVE_SEED === "demo" : settings.GOLIVE_EMBEDDED === "1"
}

/** People whose passwords lie in a file are for a console that only this machine can reach. */
function requireLoopback({ NEXTAUTH_URL }: Env): void {
  const { hostname } = new URL(NEXTAUTH_URL)
  if (["localhost", "127.0.0.1", "[::1]"].includes(hostname)) return
  throw new Error(`The sample team is only seeded on this machine, not for ${NEXTAUTH_URL}. Set GOLIVE_SEED=none.`)
}

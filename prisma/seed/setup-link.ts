import { chmod, mkdir, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { Env } from "@/lib/server/env"
import { createSetupLink } from "@/lib/server/people/set-up-first-admin"

/** Writes the address where the first account is made, once. With people in the database there is nothing to write. */
export async function writeSetupLink(settings: Env): Promise<void> {
  const path = join(settings.GOLIVE_DATA_DIR, "setup-link.txt")
  const link = await createSetupLink()
  if (!link) return rm(path, { force: true })
  await mkdir(settings.GOLIVE_DATA_DIR, { recursive: true })
  await writeFile(path, `${new URL(`/setup/${link.token}`, settings.NEXTAUTH_URL).href}\n`, { mode: 0o600 })
  // The mode above only counts for a new file.
  await chmod(path, 0o600)
}

import { createHash } from "node:crypto"
import { chmod, mkdir } from "node:fs/promises"
import { join, resolve } from "node:path"
import { canReach, unprivilegedUser } from "./os-user"

const ELSEWHERE = "/var/lib/golive"

/**
 * Where the embedded server of a console's data folder keeps its files: `<data folder>/postgres`, unless this process is
 * root and the OS user of PostgreSQL cannot get there (a checkout below /root). Then a folder of /var/lib/golive, the
 * same one each time, and `moved` is true so that it can be said.
 */
export async function postgresDirectory(dataDirectory: string): Promise<{ directory: string; moved: boolean }> {
  const base = resolve(dataDirectory)
  await mkdir(base, { recursive: true, mode: 0o711 })
  const user = await unprivilegedUser()
  if (!user) return { directory: join(base, "postgres"), moved: false }
  // Passable, not readable: the secrets beside the database stay with their owner.
  await chmod(base, 0o711)
  if (await canReach(base, user)) return { directory: join(base, "postgres"), moved: false }
  const name = createHash("sha256").update(base).digest("hex").slice(0, 12)
  const elsewhere = join(ELSEWHERE, name)
  await mkdir(elsewhere, { recursive: true, mode: 0o711 })
  return { directory: join(elsewhere, "postgres"), moved: true }
}

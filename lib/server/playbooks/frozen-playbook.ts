import type { Playbook } from "@/lib/playbook/schema"
import type { Db } from "@/lib/server/db"

const KEPT = 32
const kept = new Map<string, Playbook>()

/** The playbook of a version. Versions never change, so that each is read once a process; nobody may change the value. */
export async function frozenPlaybook(db: Db, versionId: string): Promise<Playbook> {
  const known = kept.get(versionId)
  if (known) return known
  const version = await db.playbookVersion.findUniqueOrThrow({ where: { id: versionId }, select: { document: true } })
  const playbook = version.document as unknown as Playbook
  kept.set(versionId, playbook)
  const [oldest] = kept.keys()
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest)
  return playbook
}

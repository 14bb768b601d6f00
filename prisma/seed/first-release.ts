import type { Context, Person } from "@/lib/server/access/context"
import { prisma } from "@/lib/server/db"
import { createRelease } from "@/lib/server/releases/create-release"

/** A release to begin with, unless there is one. The playbook lets its author sign, so the tech lead makes it. */
export async function createFirstRelease(service: { id: string }, people: Record<string, Person>): Promise<void> {
  if ((await prisma.release.count({ where: { serviceId: service.id } })) > 0) return
  const newest = await prisma.playbookVersion.findFirst({
    where: { playbook: { serviceId: service.id } },
    orderBy: { number: "desc" },
  })
  const author = mayAuthorSign(newest?.document) ? people.lead : people.admin
  if (!author) throw new Error("The sample team lacks its tech lead.")
  const ctx: Context = { person: author, tokenScopes: null, tokenId: null, address: null, userAgent: "seed" }
  const made = await createRelease(ctx, {
    service: "postd",
    environment: "production",
    version: "1.1.0",
    ref: "v1.1.0",
    name: "POSTD 1.1.0",
  })
  if (!made.ok) throw new Error(`The first release could not be made: ${made.refusal.message}`)
}

/** Otherwise nobody but another tech lead could sign what the tech lead made. */
function mayAuthorSign(document: unknown): boolean {
  if (document === null || typeof document !== "object" || !("signoffs" in document)) return false
  const { signoffs } = document
  if (signoffs === null || typeof signoffs !== "object" || !("policy" in signoffs)) return false
  const { policy } = signoffs
  return policy !== null && typeof policy === "object" && "authorMaySign" in policy && policy.authorMaySign === true
}

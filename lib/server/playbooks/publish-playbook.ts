import { randomUUID } from "node:crypto"
import { parsePlaybook } from "@/lib/playbook/parse-playbook"
import { type Tx, transaction } from "@/lib/server/db"
import type { Prisma } from "@/prisma/generated/client/client"
import { knownChecks } from "./known-checks"

export interface PublishedVersion {
  id: string
  number: number
  hash: string
  /** False: the same content was published before, and that version stands. */
  published: boolean
}

/** Publishes a playbook's YAML as the next version for a service. Throws with line and path if it cannot be read. */
export async function publishPlaybook(serviceId: string, source: string): Promise<PublishedVersion> {
  const parsed = parsePlaybook(source, knownChecks)
  if (!parsed.ok) {
    const where = parsed.problems.map(({ line, column, path, message }) => `${line}:${column} ${path}: ${message}`)
    throw new Error(`The playbook cannot be read:\n${where.join("\n")}`)
  }
  const { playbook, hash } = parsed
  return transaction(async (tx) => {
    const playbookId = await playbookRow(tx, serviceId, playbook)
    const same = await tx.playbookVersion.findUnique({ where: { playbookId_hash: { playbookId, hash } } })
    if (same) return { id: same.id, number: same.number, hash, published: false }
    const last = await tx.playbookVersion.findFirst({ where: { playbookId }, orderBy: { number: "desc" } })
    const number = (last?.number ?? 0) + 1
    const document = playbook as unknown as Prisma.InputJsonObject
    const version = await tx.playbookVersion.create({
      data: { id: randomUUID(), playbookId, number, hash, document, source },
    })
    return { id: version.id, number, hash, published: true }
  })
}

async function playbookRow(tx: Tx, serviceId: string, { key, name }: { key: string; name: string }): Promise<string> {
  const { id } = await tx.playbook.upsert({
    where: { serviceId_key: { serviceId, key } },
    create: { id: randomUUID(), serviceId, key, name },
    update: { name },
  })
  // Two publications at once would take the same number: the second waits here.
  await tx.$queryRaw`SELECT id FROM "Playbook" WHERE id = ${id}::uuid FOR UPDATE`
  return id
}

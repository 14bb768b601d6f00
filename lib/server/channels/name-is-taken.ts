import type { Tx } from "@/lib/server/db"

/** Until the commit: of two that want the same name for channels of a service, the second sees the first. */
export async function holdNames(tx: Tx, serviceId: string): Promise<void> {
  await tx.$queryRaw`SELECT id FROM "Service" WHERE id = ${serviceId}::uuid FOR NO KEY UPDATE`
}

/** Whether another channel of the service is called that, whatever the case of its letters. */
export async function nameIsTaken(
  tx: Tx,
  { serviceId, name, besides }: { serviceId: string; name: string; besides?: string },
): Promise<boolean> {
  const where = { serviceId, name: { equals: escaped(name), mode: "insensitive" as const } }
  return (await tx.channel.count({ where: { ...where, ...(besides ? { id: { not: besides } } : {}) } })) > 0
}

/** Without regard to case the database compares by pattern, in which these stand for others. */
function escaped(name: string): string {
  return name.replace(/[\\%_]/g, "\\$&")
}

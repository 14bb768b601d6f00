import { randomUUID } from "node:crypto"
import { type Rotation, rotationSchema } from "@/lib/domain/oncall/rotation"
import type { Person } from "@/lib/server/access/context"
import { prisma } from "@/lib/server/db"
import type { Prisma } from "@/prisma/generated/client/client"

const ZONE = "America/New_York"
/** A Monday: weeks are handed over on Mondays at nine. */
const START = "2026-01-05T09:00"

/** What the playbook's escalation calls, and by which keys of the sample team it is answered. */
const rotas: { key: string; name: string; team: string[] }[] = [
  { key: "on-call", name: "On-call engineer", team: ["devops", "ops", "lead"] },
  { key: "backend-lead", name: "Backend lead", team: ["lead"] },
  { key: "cto", name: "CTO", team: ["admin"] },
]

/** The sample team's rotas, where there are none: what a person has changed or removed later stays so. */
export async function ensureRotas(service: { id: string }, people: Record<string, Person>): Promise<void> {
  if ((await prisma.oncallRota.count({ where: { serviceId: service.id } })) > 0) return
  await prisma.oncallRota.createMany({
    data: rotas.map(({ key, name, team }) => ({
      ...{ id: randomUUID(), serviceId: service.id, key, name },
      rotation: weekly(team.flatMap((member) => people[member]?.id ?? [])) as unknown as Prisma.InputJsonObject,
    })),
    skipDuplicates: true,
  })
}

function weekly(people: string[]): Rotation {
  const layer = { people, start: START, shift: { every: 1, unit: "weeks" }, hours: null }
  return rotationSchema.parse({ zone: ZONE, layers: [layer] })
}

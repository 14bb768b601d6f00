import { mayPerform } from "@/lib/domain/access/policy"
import type { Rotation } from "@/lib/domain/oncall/rotation"
import type { Refusal } from "@/lib/domain/release/decision"
import { rolesFor } from "@/lib/server/access/context"
import type { Db } from "@/lib/server/db"
import { personOfRow } from "@/lib/server/people/load-person"

interface Asked {
  /** The input field that names the person, dotted. */
  field: string
  personId: string
}

/** Everybody whom a rotation names, with where it names them. */
export function askedOf({ layers }: Rotation): Asked[] {
  return layers.flatMap(({ people }, layer) =>
    people.map((personId, place) => ({ field: `rotation.layers.${layer}.people.${place}`, personId })),
  )
}

/** Whoever is called has to be able to come: by field, who is unknown, disabled, or may not work on incidents. */
export async function refusalOfPeople(db: Db, serviceId: string, asked: readonly Asked[]): Promise<Refusal | null> {
  const ids = [...new Set(asked.map(({ personId }) => personId))]
  const rows = await db.user.findMany({ where: { id: { in: ids } }, include: { roles: true } })
  const people = new Map(rows.map((row) => [row.id, personOfRow(row)]))
  const errors = asked.flatMap(({ field, personId }) => {
    const person = people.get(personId)
    if (!person) return [{ field, message: "There is no such person." }]
    if (person.disabled) return [{ field, message: `The account of ${person.name} is disabled.` }]
    if (mayPerform(rolesFor(person, serviceId), "incident.respond")) return []
    return [{ field, message: `${person.name} holds no role of this service that may acknowledge incidents.` }]
  })
  const [first] = errors
  return first ? { code: "invalid", message: first.message, field: first.field, detail: { errors } } : null
}

import type { Refusal } from "@/lib/domain/release/decision"
import type { PersonRef } from "@/lib/domain/timeline/actor"
import type { Tx } from "@/lib/server/db"

/** Whom work can be given to. Null: nobody. A refusal where there is no such person, or not any more. */
export async function findAssignee(tx: Tx, id: string | null): Promise<PersonRef | null | Refusal> {
  if (id === null) return null
  const person = await tx.user.findUnique({ where: { id } })
  if (person && !person.disabledAt) return { id: person.id, name: person.name }
  return { code: "invalid", message: "There is no such person.", field: "assigneeId" }
}

import type { Actor, PersonRef } from "./actor"

/** How an actor is called in sentences. */
export function actorName(actor: Actor): string {
  return actor.type === "person" ? actor.name : "Golive"
}

/** The person behind an act; the console stands in for itself and its workers. */
export function personRefOf(actor: Actor): PersonRef {
  return actor.type === "person" ? { id: actor.id, name: actor.name } : { id: "console", name: "Golive" }
}

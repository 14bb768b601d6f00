import { signoffRoles } from "@/lib/domain/access/roles"
import { own } from "@/lib/domain/release/own"
import { preview } from "@/lib/domain/release/preview"
import type { ReleaseState, Signoff } from "@/lib/domain/release/state"
import type { Actor } from "@/lib/domain/timeline/actor"
import type { NewEvent } from "@/lib/domain/timeline/event"
import { changesInWords, contentChanges, type ItemWords } from "./content-changes"
import { coveredContent } from "./covered-content"

/** As many as an event carries one by one; the words count the rest. */
const MOST_CHANGES = 50

/** The events, followed by `signoff.voided` for each role whose signatures covered what they change. */
export function withVoidedSignatures(before: ReleaseState, events: readonly NewEvent[], actor: Actor): NewEvent[] {
  const signed = signoffRoles.filter((role) => hasSignatures(before.signoffs[role]))
  if (signed.length === 0) return [...events]
  const after = preview(before, events)
  const changes = contentChanges(coveredContent(before), coveredContent(after), wordsOf(before, after))
  if (changes.length === 0) return [...events]
  const cause = changesInWords(changes).join("; ")
  const named = changes.slice(0, MOST_CHANGES).map(({ subject, field, from, to }) => ({ subject, field, from, to }))
  const still = signed.filter((role) => hasSignatures(after.signoffs[role]))
  const voided = still.map((role): NewEvent => {
    return { type: "signoff.voided", actor, data: { role, cause, changes: named } }
  })
  return [...events, ...voided]
}

/** Also where fewer have signed than must: what they signed is no longer so. */
function hasSignatures(signoff: Signoff | undefined): boolean {
  if (!signoff || signoff.status === "void" || signoff.status === "declined") return false
  return signoff.signatures.length > 0
}

/** How items are called and what their proof says, before and after. */
export function wordsOf(before: ReleaseState | null, after: ReleaseState): (key: string) => ItemWords {
  return (key) => {
    const was = before ? own(before.items, key) : undefined
    const is = own(after.items, key)
    return {
      title: is?.title ?? was?.title ?? key,
      before: was?.evidence?.summary ?? null,
      after: is?.evidence?.summary ?? null,
    }
  }
}

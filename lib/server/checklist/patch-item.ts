import { randomUUID } from "node:crypto"
import { patchItemRequest } from "@/lib/contracts/api/requests"
import { decideItemChange, type ItemCommand, itemChangeAction } from "@/lib/domain/checklist/decide-item"
import type { Refusal } from "@/lib/domain/release/decision"
import { own } from "@/lib/domain/release/own"
import type { ItemState } from "@/lib/domain/release/state"
import type { PersonRef } from "@/lib/domain/timeline/actor"
import type { PersonActor } from "@/lib/server/access/authorise"
import type { Context } from "@/lib/server/access/context"
import type { ReleaseInHand } from "@/lib/server/commit/release-in-hand"
import { storeEvidence } from "@/lib/server/evidence/store-evidence"
import { findAssignee } from "@/lib/server/people/find-assignee"
import { type Changed, changeRelease } from "@/lib/server/releases/change-release"
import type { Result } from "@/lib/server/result"

/** Ticks, un-ticks, waives, assigns, dates or comments a checklist item: all that the body names, or nothing. */
export function patchItem(ctx: Context, releaseId: string, itemKey: string, body: unknown): Promise<Result<Changed>> {
  return changeRelease(
    ctx,
    { releaseId, action: itemChangeAction({ state: wantedState(body) }), schema: patchItemRequest, body },
    async (hand, input, { actor }) => {
      const { assigneeId, comment, mentions: mentioned = [], ...change } = input
      const mentions = await findMentioned(hand, mentioned)
      if ("code" in mentions) return { ok: false, refusal: mentions }
      const command: ItemCommand = {
        ...change,
        itemKey,
        ...(comment === undefined ? {} : { comment: { id: randomUUID(), text: comment, mentions } }),
      }
      if (assigneeId !== undefined) {
        const assignee = await findAssignee(hand.tx, assigneeId)
        if (assignee && "code" in assignee) return { ok: false, refusal: assignee }
        command.assignee = assignee
      }
      // Asked before evidence is written: what is refused, or is so already, leaves none behind.
      const nowIso = hand.now.toISOString()
      const first = decideItemChange(hand.state, command, actor, nowIso)
      if (!first.ok || !first.events.some((event) => PROVED.includes(event.type))) return first
      command.evidence = await noteEvidence(hand, command, actor)
      return command.evidence ? decideItemChange(hand.state, command, actor, nowIso) : first
    },
  )
}

const PROVED: string[] = ["checklist.item_passed", "checklist.item_failed"]

/** Only to know which right is needed; the body is parsed later and refused as a whole if it is not right. */
function wantedState(body: unknown): ItemState | undefined {
  const state = body !== null && typeof body === "object" && "state" in body ? body.state : undefined
  return state === "waived" || state === "not_applicable" ? state : undefined
}

/** Whom a comment calls, each once and in the order in which they were named. */
async function findMentioned(hand: ReleaseInHand, given: readonly string[]): Promise<PersonRef[] | Refusal> {
  const ids = [...new Set(given.map((id) => id.toLowerCase()))]
  if (ids.length === 0) return []
  const people = await hand.tx.user.findMany({
    where: { id: { in: ids }, disabledAt: null },
    select: { id: true, name: true },
  })
  const found = ids.flatMap((id) => people.find((person) => person.id === id) ?? [])
  if (found.length === ids.length) return found
  return { code: "invalid", message: "Somebody whom the comment calls is not here.", field: "mentions" }
}

/** What a person wrote is evidence like what a check found: kept, and covered by signatures through its hash. */
async function noteEvidence(
  { tx, state, now }: ReleaseInHand,
  command: ItemCommand,
  actor: PersonActor,
): Promise<ItemCommand["evidence"]> {
  const note = command.note?.trim()
  const item = own(state.items, command.itemKey)
  if (!note || !item) return null
  const blocks = [{ type: "text", title: item.evidenceWanted, text: note }]
  const stored = await storeEvidence(tx, {
    releaseId: state.id,
    subject: item.key,
    kind: "text",
    blocks,
    result: { state: command.state, note },
    at: now,
  })
  return { ...stored, kind: "text", summary: note.slice(0, 400), at: now.toISOString(), by: actor.name }
}

import type { Work } from "@/lib/client/work-query"
import { clearsGate } from "@/lib/domain/checklist/item-status"

export type AssignedItem = Work["assigned"][number]

/** How much there is to do. `seen`: up to when mentions were shown; null where that is not known. */
export function openWork(work: Work | undefined, seen: string | null): { items: number; mentions: number } {
  if (!work) return { items: 0, mentions: 0 }
  const { assigned, signatures, rounds, followups } = work
  const open = assigned.filter(({ status }) => !clearsGate(status))
  return {
    items: open.length + signatures.length + rounds.length + followups.length,
    mentions: seen === null ? 0 : work.mentions.filter(({ at }) => at > seen).length,
  }
}

export function isOverdue({ dueAt, status }: AssignedItem, nowMs: number): boolean {
  return dueAt !== null && Date.parse(dueAt) <= nowMs && !clearsGate(status)
}

/** Overdue first, then by when it is due, then what has no date; what is done comes last. */
export function inOrder(assigned: readonly AssignedItem[]): AssignedItem[] {
  const rank = (item: AssignedItem): [number, number] => [
    clearsGate(item.status) ? 1 : 0,
    item.dueAt === null ? Number.POSITIVE_INFINITY : Date.parse(item.dueAt),
  ]
  return assigned.toSorted((a, b) => {
    const [doneA, dueA] = rank(a)
    const [doneB, dueB] = rank(b)
    return doneA - doneB || (dueA === dueB ? 0 : dueA - dueB)
  })
}

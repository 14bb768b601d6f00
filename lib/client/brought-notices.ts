import type { NoticeList, NoticesRead, NoticeView } from "@/lib/contracts/api/notices"

const MOST_UNREAD = 100
/** As many as the list is ever asked for. */
const MOST_SHOWN = 100

/** The list with one more. One that is there already stays once. */
export function withNotice(list: NoticeList, notice: NoticeView): NoticeList {
  if (list.notices.some(({ id }) => id === notice.id)) return list
  const notices = [notice, ...list.notices].sort((a, b) => compareSeqs(b.seq, a.seq)).slice(0, MOST_SHOWN)
  const isNew = compareSeqs(notice.seq, list.readSeq) > 0
  return { ...list, notices, unread: Math.min(MOST_UNREAD, list.unread + (isNew ? 1 : 0)) }
}

/** The mark never goes back, in whatever order two answers come. */
export function withMark(list: NoticeList, mark: NoticesRead): NoticeList {
  return compareSeqs(mark.readSeq, list.readSeq) < 0 ? list : { ...list, ...mark }
}

/** Numbers as text, which may be longer than a number can hold. */
export function compareSeqs(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0)
}

/** What came after `seen`, is not read, and is to be said at once. */
export function urgentSince(list: NoticeList, seen: string): NoticeView[] {
  return list.notices
    .filter(
      ({ seq, severity }) => severity === "critical" && [seen, list.readSeq].every((s) => compareSeqs(seq, s) > 0),
    )
    .reverse()
}

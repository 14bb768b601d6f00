import type { NoticesRead, NoticeView } from "@/lib/contracts/api/notices"
import type { Context, Person } from "@/lib/server/access/context"
import { subscribe } from "@/lib/server/events/doorbell"
import { done, type Result } from "@/lib/server/result"
import { personAtTheKeyboard } from "@/lib/server/sessions/person-at-the-keyboard"
import { whilePerson } from "@/lib/server/sessions/while-allowed"
import { joinNoticeFeed } from "./notice-feed"
import { noticeView } from "./notice-row"
import { readMark } from "./read-mark"
import { maySeeNotice } from "./readable-notices"

export type NoticeFrame = { type: "notice"; data: NoticeView } | { type: "read"; data: NoticesRead }

/** Says who may watch before anything is opened. The list is read anew with every connection, so there is no cursor. */
export function openNotices(
  ctx: Context,
): Result<(signal: AbortSignal) => AsyncGenerator<NoticeFrame, void, undefined>> {
  const asking = personAtTheKeyboard(ctx, "watch notices")
  if (!asking.ok) return asking
  const { person } = asking
  // Other roles mean other notices: whoever gets or loses one comes back, and is asked anew what they may see.
  const sameRoles = (now: Person) => rolesInWords(now) === rolesInWords(person)
  return done((signal) => tailNotices(person, whilePerson(ctx, sameRoles, signal)))
}

export function noticeFrameText({ type, data }: NoticeFrame): string {
  return `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`
}

/** What comes in for one person from now on, and that they have read some elsewhere, until the signal fires. */
async function* tailNotices(person: Person, signal: AbortSignal): AsyncGenerator<NoticeFrame, void, undefined> {
  const feed = await joinNoticeFeed()
  let rung = new AbortController()
  let hasRead = false
  const leave = subscribe(`notices-read:${person.id}`, () => {
    hasRead = true
    rung.abort()
  })
  try {
    let came = feed.came()
    while (!signal.aborted) {
      rung = new AbortController()
      const rows = feed.after(came)
      // Too far behind: the browser comes back and reads the list.
      if (!rows) return
      came += rows.length
      for (const row of rows) if (maySeeNotice(person, row)) yield { type: "notice", data: noticeView(row) }
      if (hasRead) {
        hasRead = false
        yield { type: "read", data: await readMark(person) }
      } else if (rows.length === 0) await feed.more(came, AbortSignal.any([signal, rung.signal]))
    }
  } finally {
    leave()
    feed.leave()
  }
}

function rolesInWords({ grants }: Person): string {
  return grants
    .map(({ role, serviceId }) => `${role} ${serviceId}`)
    .sort()
    .join("\n")
}

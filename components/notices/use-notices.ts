"use client"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useRouter } from "next/navigation"
import { useEffect, useRef } from "react"
import { useToast } from "@/components/ui/toaster"
import { compareSeqs, urgentSince, withMark, withNotice } from "@/lib/client/brought-notices"
import { followNotices } from "@/lib/client/notice-stream"
import { markNoticesRead, NOTICES_KEY, noticesQuery } from "@/lib/client/notices-query"
import type { NoticeList } from "@/lib/contracts/api/notices"

/** A person's notices, live. What is critical is said at once, wherever they are on the page. */
export function useNotices(personId: string, limit: number) {
  const client = useQueryClient()
  const query = useQuery(noticesQuery(limit))
  const router = useRouter()
  const toast = useToast()
  const { data } = query

  useEffect(() => {
    const change = (how: (list: NoticeList) => NoticeList) =>
      client.setQueriesData<NoticeList>({ queryKey: NOTICES_KEY }, (list) => (list ? how(list) : list))
    return followNotices(personId, (news) => {
      if (news.type === "notice") change((list) => withNotice(list, news.notice))
      else if (news.type === "read") change((list) => withMark(list, news.mark))
      else void client.invalidateQueries({ queryKey: NOTICES_KEY })
    })
  }, [client, personId])

  // What was there when the page was opened is not news.
  const seen = useRef<string | null>(null)
  useEffect(() => {
    if (!data) return
    const newest = data.notices[0]?.seq ?? "0"
    const before = seen.current
    if (before === null || compareSeqs(newest, before) > 0) seen.current = newest
    if (before === null) return
    for (const { title, href } of urgentSince(data, before)) {
      toast({ message: title, urgent: true, action: { label: "Open", run: () => router.push(href) } })
    }
  }, [data, toast, router])

  const markRead = async () => {
    const newest = data?.notices[0]
    if (!data || !newest || compareSeqs(newest.seq, data.readSeq) <= 0) return
    const mark = await markNoticesRead(newest.seq).catch(() => null)
    if (!mark) return
    client.setQueriesData<NoticeList>({ queryKey: NOTICES_KEY }, (list) => (list ? withMark(list, mark) : list))
  }
  return { ...query, markRead }
}

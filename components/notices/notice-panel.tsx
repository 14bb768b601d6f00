"use client"
import { BellOff, Settings2 } from "lucide-react"
import Link from "next/link"
import { StatusMark } from "@/components/status/status-mark"
import { Ago } from "@/components/time/instant"
import { Button } from "@/components/ui/button"
import { cn } from "@/components/ui/cn"
import { Notice } from "@/components/ui/notice"
import { Empty } from "@/components/ui/panel"
import { Skeleton } from "@/components/ui/skeleton"
import { compareSeqs } from "@/lib/client/brought-notices"
import type { NoticeList, NoticeView } from "@/lib/contracts/api/notices"
import { topics } from "@/lib/domain/notification/topics"
import { severityLooks } from "./severity-looks"

const ZONE = "UTC"

/** The newest notices, each with its weight in shape and word, and where it leads. */
export function NoticePanel({
  list,
  failed,
  newAfter,
  onLeave,
  onOlder,
}: {
  list: NoticeList | null
  failed: string | null
  newAfter: string
  onLeave(): void
  onOlder: (() => void) | undefined
}) {
  return (
    <div data-testid="notices">
      <header className="flex min-h-11 items-center justify-between gap-3 border-b px-4 py-1.5">
        <h2 className="font-semibold text-sm">Notices</h2>
        <Link
          href="/settings/channels"
          onClick={onLeave}
          className="inline-flex min-h-7 items-center gap-1.5 rounded-md text-ink-2 text-xs hover:text-ink"
        >
          <Settings2 className="size-3.5" aria-hidden /> Who gets what
        </Link>
      </header>
      {failed ? (
        <Notice tone="fail" className="m-3">
          {failed}
        </Notice>
      ) : null}
      {!list && !failed ? (
        <div className="grid grid-cols-1 gap-3 p-4">
          <Skeleton className="h-10" />
          <Skeleton className="h-10" />
        </div>
      ) : null}
      {list?.notices.length === 0 ? (
        <Empty icon={<BellOff aria-hidden />} title="Nothing yet">
          Go-lives, incidents and whatever else is told in the browser is listed here.
        </Empty>
      ) : null}
      {list && list.notices.length > 0 ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached with the keyboard
        <section aria-label="The newest notices" tabIndex={0} className="max-h-[min(32rem,65vh)] overflow-y-auto">
          <ul className="divide-y">
            {list.notices.map((notice) => (
              <Entry key={notice.id} notice={notice} isNew={compareSeqs(notice.seq, newAfter) > 0} onLeave={onLeave} />
            ))}
          </ul>
          {list.more && onOlder ? (
            <div className="border-t p-2 text-center">
              <Button size="sm" tone="quiet" onClick={onOlder}>
                Show older
              </Button>
            </div>
          ) : null}
        </section>
      ) : null}
    </div>
  )
}

function Entry({ notice, isNew, onLeave }: { notice: NoticeView; isNew: boolean; onLeave(): void }) {
  const { title, text, href, severity, service, topic, mine, at } = notice
  const about = topic in topics ? topics[topic as keyof typeof topics].title : null
  return (
    <li
      data-severity={severity}
      data-new={isNew || undefined}
      className={cn("relative grid grid-cols-1 gap-1 px-4 py-2.5 text-sm hover:bg-hover", isNew && "bg-accent/5")}
    >
      <div className="flex items-center gap-x-3 text-ink-3 text-xs">
        <StatusMark look={severityLooks[severity]} className="text-xs" />
        {isNew ? <span className="font-medium text-accent">New</span> : null}
        <span className="ml-auto">
          <Ago at={at} zone={ZONE} />
        </span>
      </div>
      <Link href={href} onClick={onLeave} className="break-words font-medium text-ink after:absolute after:inset-0">
        {title}
      </Link>
      {text ? <p className="line-clamp-4 whitespace-pre-line break-words text-ink-2 text-xs">{text}</p> : null}
      <p className="text-ink-3 text-xs">{[service.name, about, mine ? "for you" : null].filter(Boolean).join(" · ")}</p>
    </li>
  )
}

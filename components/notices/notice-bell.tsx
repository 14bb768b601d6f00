"use client"
import { Bell } from "lucide-react"
import { useState } from "react"
import { Popover } from "@/components/ui/popover"
import { NoticePanel } from "./notice-panel"
import { useNotices } from "./use-notices"

const FEW = 20
const MANY = 100

/** The way to what the console has to say, with how much of it is new. To open it is to have read it. */
export function NoticeBell({ personId }: { personId: string }) {
  const [open, setOpen] = useState(false)
  const [limit, setLimit] = useState(FEW)
  const { data, error, markRead } = useNotices(personId, limit)
  /** How far was read before the panel was opened: what came after it is shown as new for as long as it is open. */
  const [newAfter, setNewAfter] = useState<string | null>(null)
  const unread = data?.unread ?? 0
  return (
    <Popover
      label="Notices"
      open={open}
      onOpenChange={(next) => {
        setOpen(next)
        if (next) setNewAfter(data?.readSeq ?? null)
        // Once more at the end: what came in while it was open was in sight.
        void markRead()
      }}
      trigger={
        <button
          type="button"
          data-testid="notice-bell"
          aria-label={unread > 0 ? `Notices, ${countWords(unread)} new` : "Notices"}
          className="relative grid size-8 shrink-0 place-items-center rounded-md text-ink-2 hover:bg-hover hover:text-ink"
        >
          <Bell className="size-4" aria-hidden />
          {unread > 0 ? (
            <span
              aria-hidden
              data-testid="notice-count"
              className="absolute -top-0.5 -right-1 inline-grid h-[18px] min-w-[18px] place-items-center rounded-full bg-accent px-1 font-medium text-2xs text-accent-ink tabular-nums"
            >
              {countWords(unread)}
            </span>
          ) : null}
        </button>
      }
    >
      <NoticePanel
        list={data ?? null}
        failed={error?.message ?? null}
        newAfter={newAfter ?? data?.readSeq ?? "0"}
        onLeave={() => setOpen(false)}
        onOlder={limit < MANY ? () => setLimit(MANY) : undefined}
      />
    </Popover>
  )
}

function countWords(count: number): string {
  return count >= 100 ? "99+" : String(count)
}

"use client"
import { useQuery } from "@tanstack/react-query"
import { ListChecks } from "lucide-react"
import Link from "next/link"
import { usePathname } from "next/navigation"
import { cn } from "@/components/ui/cn"
import { useMentionsSeen } from "@/lib/client/mentions-seen"
import { workQuery } from "@/lib/client/work-query"
import { openWork } from "./read-work"

/** The way to one's own work, with how much of it there is: assigned items that hold a gate, and mentions not seen yet. */
export function WorkLink() {
  const { data } = useQuery(workQuery)
  const seen = useMentionsSeen()
  const here = usePathname() === "/work"
  const { items, mentions } = openWork(data, seen)
  const count = items + mentions
  return (
    <Link
      href="/work"
      aria-current={here ? "page" : undefined}
      className={cn(
        "inline-flex items-center gap-1.5 rounded-md px-1.5 py-1 text-sm hover:text-ink",
        here ? "text-ink" : "text-ink-2",
      )}
    >
      <ListChecks className="size-4 sm:hidden" aria-hidden />
      <span className="max-sm:sr-only">My work</span>
      {count > 0 ? (
        <span
          data-testid="work-count"
          className="inline-grid h-[18px] min-w-[18px] place-items-center rounded-full bg-accent px-1 font-medium text-2xs text-accent-ink"
        >
          {count}
          <span className="sr-only">
            {" "}
            ({items} to do, {mentions} new {mentions === 1 ? "mention" : "mentions"})
          </span>
        </span>
      ) : null}
    </Link>
  )
}

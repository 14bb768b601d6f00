"use client"
import Link from "next/link"
import { useParams, usePathname } from "next/navigation"
import { useEffect, useRef } from "react"
import { StatusShape } from "@/components/status/status-mark"
import { cn } from "@/components/ui/cn"
import { useRelease } from "@/lib/client/release-context"
import { useNow } from "@/lib/client/use-now"
import { readTabs } from "./read-tabs"

export function CockpitTabs() {
  const release = useRelease()
  const nowMs = useNow(5_000)
  const pathname = usePathname()
  const current = useRef<HTMLAnchorElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: on a phone the tabs are wider than the screen; each new page shows its own.
  useEffect(() => {
    // In a block of its own: newer browsers answer with a promise, which is no cleanup.
    current.current?.scrollIntoView({ block: "nearest", inline: "center" })
  }, [pathname])
  const { id } = useParams<{ id: string }>()
  return (
    <nav aria-label="Release" className="-mx-4 overflow-x-auto px-4 sm:mx-0 sm:px-0">
      <ul className="flex gap-1">
        {readTabs(release, nowMs).map((tab) => {
          const href = `/releases/${id}/${tab.key}`
          const here = pathname === href
          return (
            <li key={tab.key}>
              <Link
                ref={here ? current : undefined}
                href={href}
                aria-current={here ? "page" : undefined}
                className={cn(
                  "flex h-10 items-center gap-2 whitespace-nowrap border-b-2 px-2 text-sm transition-colors sm:px-2.5",
                  here ? "border-accent font-medium text-ink" : "border-transparent text-ink-2 hover:text-ink",
                )}
              >
                {tab.title}
                {tab.count ? <span className="text-ink-3 text-xs">{tab.count}</span> : null}
                {tab.tone ? <StatusShape tone={tab.tone} label={tab.toneWord} className="size-3.5" /> : null}
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}

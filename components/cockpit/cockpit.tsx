"use client"
import { usePathname } from "next/navigation"
import { type ReactNode, useState } from "react"
import { Dialog } from "@/components/ui/dialog"
import type { ReleaseSnapshot } from "@/lib/contracts/api/snapshot"
import { TimelineRail } from "../timeline/timeline-rail"
import { CockpitHead } from "./cockpit-head"
import { CockpitNotices } from "./cockpit-notices"
import { CockpitTabs } from "./cockpit-tabs"
import { ReleaseCommands } from "./release-commands"
import { ReleaseProvider } from "./release-provider"
import { StatusAnnouncer } from "./status-announcer"

/** The frame around every page of a release: head, tabs, what needs an answer now, and the timeline at hand. */
export function Cockpit({ snapshot, children }: { snapshot: ReleaseSnapshot; children: ReactNode }) {
  const [drawer, setDrawer] = useState(false)
  const onTimeline = usePathname().endsWith("/timeline")
  return (
    <ReleaseProvider snapshot={snapshot}>
      <div className="border-b bg-surface">
        <div className="mx-auto max-w-[118rem] px-4 sm:px-6">
          <CockpitHead onTimeline={() => setDrawer(true)} />
          <CockpitTabs />
        </div>
      </div>
      <div className="mx-auto flex max-w-[118rem] items-start gap-6 px-4 sm:px-6">
        <main id="main" className="min-w-0 flex-1 py-5">
          <CockpitNotices />
          {children}
        </main>
        {onTimeline ? null : (
          <aside
            aria-label="Timeline"
            className="sticky top-12 hidden h-[calc(100dvh-3rem)] w-[22rem] shrink-0 border-l py-5 pl-5 wall:block min-[1800px]:w-[27rem]"
          >
            <TimelineRail />
          </aside>
        )}
      </div>
      <Dialog open={drawer} onOpenChange={setDrawer} title="Timeline" shape="drawer">
        <div className="h-full min-h-96">
          <TimelineRail bare />
        </div>
      </Dialog>
      <ReleaseCommands onTimeline={() => setDrawer((was) => !was)} />
      <StatusAnnouncer />
    </ReleaseProvider>
  )
}

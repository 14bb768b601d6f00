"use client"
import { History } from "lucide-react"
import { StatusPill } from "@/components/status/status-mark"
import { releaseLooks } from "@/components/status/tones"
import { Button } from "@/components/ui/button"
import { useRelease } from "@/lib/client/release-context"
import { GateVerdict } from "../gate/gate-verdict"
import { DeclareFromAnywhere } from "../incident/declare-incident"
import { ConnectionMark } from "./connection-mark"
import { HeadClock } from "./head-clock"
import { LiveVersion } from "./live-version"
import { PrimaryAction } from "./primary-action"

export function CockpitHead({ onTimeline }: { onTimeline(): void }) {
  const release = useRelease()
  return (
    <header className="flex flex-wrap items-end gap-x-8 gap-y-4 pt-5 pb-4">
      <div className="min-w-0 flex-1 basis-80">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
          <h1 className="min-w-0 truncate font-semibold text-xl tracking-tight">{release.name}</h1>
          <StatusPill look={releaseLooks[release.status]} data-testid="release-status" />
          <ConnectionMark />
        </div>
        <p className="mt-1.5 flex flex-wrap items-center gap-x-2 gap-y-0.5 text-ink-2 text-sm">
          <span className="font-mono text-ink text-xs">{release.version}</span>
          <span aria-hidden>→</span>
          <span className="font-medium text-ink">{release.environment.name}</span>
          <span aria-hidden className="text-ink-3">
            ·
          </span>
          <LiveVersion />
        </p>
      </div>
      <div className="flex flex-wrap items-end gap-x-6 gap-y-3 max-sm:w-full">
        <HeadClock />
        <div className="flex flex-wrap items-center gap-2 max-sm:w-full max-sm:[&>button:not([aria-label])]:flex-1 max-sm:[&>button]:justify-center">
          <GateVerdict />
          <PrimaryAction />
          <DeclareFromAnywhere />
          <Button
            tone="secondary"
            size="lg"
            onClick={onTimeline}
            aria-label="Open the timeline (t)"
            className="px-2.5 wall:hidden"
          >
            <History aria-hidden />
          </Button>
        </div>
      </div>
    </header>
  )
}

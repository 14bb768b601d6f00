"use client"
import { ChevronDown } from "lucide-react"
import { useState } from "react"
import { CodeOnlyWarning } from "@/components/changes/code-only-warning"
import { StatusShape } from "@/components/status/status-mark"
import { Button } from "@/components/ui/button"
import { cn } from "@/components/ui/cn"
import { Popover } from "@/components/ui/popover"
import { useGate, useRelease } from "@/lib/client/release-context"
import { BlockerList } from "./blocker-list"
import { Exceptions } from "./exceptions"
import { OverridePanel } from "./override-panel"

/** The gate's answer in words; opens what is missing, who can clear it and where. */
export function GateVerdict() {
  const status = useRelease((release) => release.status)
  const override = useRelease((release) => release.override)
  const gate = useGate()
  const [open, setOpen] = useState(false)
  if (status !== "preparing") return null
  const count = gate.blockers.length
  const words = gate.go ? "Go" : count === 1 ? "1 thing is missing" : `${count} things are missing`
  return (
    <Popover
      label="What the gate asks for"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button size="lg" data-testid="gate-verdict" data-go={gate.go} className={cn(gate.go && "text-pass")}>
          <StatusShape tone={gate.go ? "pass" : "warn"} />
          <span aria-live="polite">{words}</span>
          <ChevronDown className="text-ink-3" aria-hidden />
        </Button>
      }
    >
      <div className="max-h-[min(32rem,70vh)] overflow-y-auto">
        <div className="border-b px-4 py-3">
          <h2 className="font-semibold text-sm">{gate.go ? "Go" : words}</h2>
          <p className="mt-0.5 text-ink-2 text-xs">
            {gate.go
              ? "Everything the gate asks for is there. The server asks again at the moment of start."
              : gate.renewable.length > 0
                ? "Only stale proof is in the way: starting proves it again first."
                : "The deployment starts when each of these is cleared."}
          </p>
        </div>
        <CodeOnlyWarning className="mx-4 mt-3" />
        <Exceptions onFollow={() => setOpen(false)} />
        {count > 0 ? <BlockerList blockers={gate.blockers} onFollow={() => setOpen(false)} className="p-2" /> : null}
        {!gate.window.open || gate.freezes.inForce.length > 0 || override ? (
          <OverridePanel freezes={gate.freezes.inForce} isClosed={!gate.window.open} />
        ) : null}
      </div>
    </Popover>
  )
}

"use client"
import Link from "next/link"
import { StatusShape } from "@/components/status/status-mark"
import type { Tone } from "@/components/status/tones"
import { cn } from "@/components/ui/cn"
import { InlineCode } from "@/components/ui/inline-code"
import { groupBy } from "@/lib/client/group-by"
import { roleTitles } from "@/lib/domain/access/roles"
import type { Blocker, BlockerCode } from "@/lib/domain/gate/gate-types"

const tones: Partial<Record<BlockerCode, Tone>> = {
  checklist_failed: "fail",
  checklist_stale: "warn",
  signoff_declined: "fail",
  signoff_void: "warn",
  window_closed: "wait",
  frozen: "wait",
  environment_busy: "wait",
  environment_locked: "fail",
}
const groups = {
  checklist: "Checklist",
  signoff: "Sign-offs",
  window: "Deployment window",
  frozen: "Freezes",
  environment: "Environment",
  release: "Release",
} as const

/** Every unmet condition: what, who can clear it, and a link to where. */
export function BlockerList({
  blockers,
  onFollow,
  className,
}: {
  blockers: readonly Blocker[]
  onFollow?(): void
  className?: string
}) {
  return (
    <div className={cn("grid gap-2", className)}>
      {[...groupBy(blockers, (blocker) => blocker.code.split("_")[0] as keyof typeof groups)].map(
        ([group, members]) => (
          <section key={group} aria-label={groups[group]}>
            <h3 className="flex justify-between px-2 pt-1 pb-0.5 text-ink-3 text-xs">
              <span>{groups[group]}</span>
              <span>{members.length}</span>
            </h3>
            <ul>
              {members.map((blocker) => (
                <li key={`${blocker.code} ${blocker.subject ?? ""} ${blocker.message}`}>
                  <BlockerRow blocker={blocker} onFollow={onFollow} />
                </li>
              ))}
            </ul>
          </section>
        ),
      )}
    </div>
  )
}

function BlockerRow({ blocker, onFollow }: { blocker: Blocker; onFollow?(): void }) {
  const body = (
    <>
      <StatusShape tone={tones[blocker.code] ?? "none"} className="mt-0.5 size-3.5" />
      <span className="min-w-0 flex-1">
        <InlineCode text={blocker.message} />
      </span>
      {blocker.role ? <span className="shrink-0 text-ink-3 text-xs">{roleTitles[blocker.role]}</span> : null}
    </>
  )
  const look = "flex items-start gap-2.5 rounded-md px-2 py-1.5 text-sm"
  return blocker.href ? (
    <Link href={blocker.href} onClick={onFollow} className={cn(look, "hover:bg-hover")}>
      {body}
    </Link>
  ) : (
    <p className={look}>{body}</p>
  )
}

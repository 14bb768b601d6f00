"use client"
import { AlignLeft, ChevronRight, Download, FileText, Link2, type LucideIcon, PlugZap, Trash2 } from "lucide-react"
import { useState } from "react"
import { Ago } from "@/components/time/instant"
import { Button } from "@/components/ui/button"
import { cn } from "@/components/ui/cn"
import { CopyButton } from "@/components/ui/copy-button"
import { ReasonDialog } from "@/components/ui/reason-dialog"
import { useMay, useRelease, useReleaseConnection, useReleaseMutations } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"
import type { EvidenceRef } from "@/lib/domain/release/state"
import { EvidenceView } from "./evidence-view"

const kinds: Record<string, { Icon: LucideIcon; word: string }> = {
  text: { Icon: AlignLeft, word: "Text" },
  link: { Icon: Link2, word: "Link" },
  file: { Icon: FileText, word: "File" },
  result: { Icon: PlugZap, word: "Result" },
}

/** One piece of evidence: what it is, who brought it and when, its hash; to be opened, downloaded and taken away. */
export function EvidenceEntry({ itemKey, evidence }: { itemKey: string; evidence: EvidenceRef }) {
  const { releaseId } = useReleaseConnection()
  const zone = useRelease((release) => release.window.zone)
  const preparing = useRelease((release) => release.status === "preparing")
  const mayRemove = useMay("evidence.remove")
  const { removeEvidence } = useReleaseMutations()
  const [open, setOpen] = useState(false)
  const [removing, setRemoving] = useState(false)
  const action = useAction((reason: string) => removeEvidence({ key: itemKey, id: evidence.id, reason }), {
    onDone: () => setRemoving(false),
  })
  const { Icon, word } = kinds[evidence.kind] ?? { Icon: FileText, word: evidence.kind }
  return (
    <li data-testid={`evidence-${evidence.id}`} data-kind={evidence.kind} className="min-w-0 px-3 py-2">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-1">
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="flex min-w-0 flex-1 basis-52 items-start gap-2 text-left text-sm"
        >
          <Icon className="mt-[3px] size-3.5 shrink-0 text-ink-3" aria-hidden />
          <span className="min-w-0">
            <span className="break-words">{evidence.summary}</span>
            <ChevronRight
              aria-hidden
              className={cn("mb-0.5 ml-1 inline size-3 text-ink-3 transition-transform", open && "rotate-90")}
            />
            <span className="block text-ink-3 text-xs">
              {word} · {evidence.by}, <Ago at={evidence.at} zone={zone} />
            </span>
          </span>
        </button>
        <div className="flex items-center">
          <CopyButton
            text={evidence.sha256}
            label={evidence.sha256.slice(0, 10)}
            title={`Copy the SHA-256: ${evidence.sha256}`}
            aria-label="Copy the SHA-256"
            className="font-mono font-normal"
          />
          {evidence.kind === "file" ? (
            <Button asChild size="icon" tone="quiet">
              <a
                href={`/api/v1/releases/${releaseId}/evidence/${evidence.id}/file`}
                download
                aria-label={`Download: ${evidence.summary}`}
                title="Download"
              >
                <Download aria-hidden />
              </a>
            </Button>
          ) : null}
          {mayRemove && preparing ? (
            <Button
              size="icon"
              tone="quiet"
              aria-label={`Take away: ${evidence.summary}`}
              title="Take away…"
              onClick={() => setRemoving(true)}
            >
              <Trash2 aria-hidden />
            </Button>
          ) : null}
        </div>
      </div>
      {open ? (
        <div className="pt-2">
          <EvidenceView evidence={evidence} />
        </div>
      ) : null}
      {removing ? (
        <ReasonDialog
          open
          onOpenChange={setRemoving}
          title="Take this evidence away"
          description={
            <>
              <span className="font-medium text-ink">{evidence.summary}</span>. It is no longer shown as evidence; that
              it was there, and its hash, stay on the record.
            </>
          }
          action="Take away"
          optional
          busy={action.isPending}
          problem={action.problem}
          onSubmit={(reason) => action.mutate(reason)}
        />
      ) : null}
    </li>
  )
}

"use client"
import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { Dialog } from "@/components/ui/dialog"
import { Notice } from "@/components/ui/notice"
import { Skeleton } from "@/components/ui/skeleton"
import { templatesQuery } from "@/lib/client/incident-mutations"
import { useReleaseConnection } from "@/lib/client/release-context"
import type { Incident } from "@/lib/domain/incident/incident-state"
import { type Draft, MessageDraft } from "./message-draft"
import { TemplateChoice } from "./template-choice"

/** Choose a template, read and change the draft, post it: in this order, so that nothing goes out unread. */
export function WriteMessage({ incident, onClose }: { incident: Incident; onClose(): void }) {
  const { releaseId } = useReleaseConnection()
  const { data, error, isPending } = useQuery(templatesQuery(releaseId, incident.id))
  const [draft, setDraft] = useState<Draft | null>(null)
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Write a message"
      description={
        draft ? undefined : "Choose where to begin. What you choose is a draft: it goes out when you post it."
      }
      className="top-[6vh] max-h-[88vh] w-[min(38rem,calc(100vw-1.5rem))]"
    >
      {draft ? (
        <MessageDraft incident={incident} first={draft} onBack={() => setDraft(null)} onDone={onClose} />
      ) : isPending ? (
        <Skeleton className="h-40" />
      ) : (
        <>
          {error ? (
            <Notice tone="warn" className="mb-3">
              The templates could not be read: {error.message}
            </Notice>
          ) : null}
          <TemplateChoice templates={data?.templates ?? []} onChoose={setDraft} />
        </>
      )}
    </Dialog>
  )
}

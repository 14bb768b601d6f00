"use client"
import { useQuery } from "@tanstack/react-query"
import { StatusMark } from "@/components/status/status-mark"
import { CopyButton } from "@/components/ui/copy-button"
import { Notice } from "@/components/ui/notice"
import { Skeleton } from "@/components/ui/skeleton"
import { request } from "@/lib/client/api"
import { useReleaseConnection } from "@/lib/client/release-context"
import { evidenceBlocksSchema } from "@/lib/contracts/evidence"
import { EvidenceBlockView } from "./evidence-block"

interface EvidenceAnswer {
  blocks: unknown
  sha256: string
  intact: boolean
}

/** A piece of evidence, read when it is shown: what was found, and whether it is still what was found. */
export function EvidenceView({ evidence, title = "Evidence" }: { evidence: { id: string }; title?: string }) {
  const { releaseId } = useReleaseConnection()
  const { data, error, isPending } = useQuery({
    queryKey: ["evidence", releaseId, evidence.id],
    queryFn: ({ signal }) =>
      request<EvidenceAnswer>("GET", `/releases/${releaseId}/evidence/${evidence.id}`, undefined, signal),
    // Evidence never changes.
    staleTime: Number.POSITIVE_INFINITY,
    retry: 1,
  })
  const blocks = data ? evidenceBlocksSchema.safeParse(data.blocks) : null
  return (
    <section aria-label={title} className="grid min-w-0 gap-3 rounded-lg border bg-surface p-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="font-medium text-sm">{title}</h3>
        {data ? (
          <StatusMark
            look={data.intact ? { tone: "pass", word: "Intact" } : { tone: "fail", word: "Altered" }}
            className="text-xs"
          />
        ) : null}
      </div>
      {isPending ? <Skeleton className="h-16" /> : null}
      {error ? <Notice tone="fail">{error.message}</Notice> : null}
      {blocks?.success ? (
        blocks.data.map((block, index) => (
          <EvidenceBlockView
            // biome-ignore lint/suspicious/noArrayIndexKey: evidence never changes
            key={index}
            block={block}
            fileHref={`/api/v1/releases/${releaseId}/evidence/${evidence.id}/file`}
          />
        ))
      ) : blocks ? (
        <pre className="overflow-x-auto font-mono text-xs">{JSON.stringify(data?.blocks, null, 2)}</pre>
      ) : null}
      {data ? (
        <p className="flex min-w-0 items-center gap-1 text-ink-3 text-xs">
          SHA-256 <span className="truncate font-mono text-2xs">{data.sha256}</span>
          <CopyButton text={data.sha256} />
        </p>
      ) : null}
    </section>
  )
}

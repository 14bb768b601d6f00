"use client"
import { CopyButton } from "@/components/ui/copy-button"
import { useReleaseConnection } from "@/lib/client/release-context"

/** How another system sends its result. */
export function PushLine({ itemKey }: { itemKey: string }) {
  const { releaseId } = useReleaseConnection()
  const line = `golive evidence push --release ${releaseId} --item ${itemKey} --outcome passed --summary "…"`
  return (
    <div className="grid min-w-0 gap-1" data-testid="push-line">
      <p className="text-ink-2 text-sm">Another system sends the result, for example a pipeline with a token:</p>
      <div className="flex min-w-0 items-start gap-1 rounded-lg border bg-term py-1 pr-1 pl-3 text-term-ink">
        <code className="min-w-0 flex-1 break-words py-1 font-mono text-xs">{line}</code>
        <CopyButton text={line} className="text-term-ink hover:bg-white/10 hover:text-term-ink" />
      </div>
    </div>
  )
}

"use client"
import { Instant } from "@/components/time/instant"
import { CopyButton } from "@/components/ui/copy-button"
import { useRelease } from "@/lib/client/release-context"
import type { Signature } from "@/lib/domain/release/state"

export function SignatureFacts({ signature }: { signature: Signature }) {
  const zone = useRelease((release) => release.window.zone)
  return (
    <div className="grid gap-3">
      <div>
        <p className="font-medium text-lg tracking-tight">{signature.signer.name}</p>
        <p className="text-ink-2 text-sm">
          <Instant at={signature.at} zone={zone} /> · proved with a {signature.method}
        </p>
      </div>
      <blockquote className="border-pass border-l-2 pl-3 text-ink-2 text-sm">{signature.meaning}</blockquote>
      <dl className="text-xs">
        <dt className="text-ink-3">Manifest, SHA-256</dt>
        <dd className="flex items-center gap-1">
          <span className="min-w-0 truncate font-mono text-2xs text-ink-2" title={signature.manifestHash}>
            {signature.manifestHash}
          </span>
          <CopyButton text={signature.manifestHash} />
        </dd>
      </dl>
    </div>
  )
}

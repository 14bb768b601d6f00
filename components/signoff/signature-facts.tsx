"use client"
import { Instant } from "@/components/time/instant"
import { CopyButton } from "@/components/ui/copy-button"
import { useRelease } from "@/lib/client/release-context"
import type { Signature } from "@/lib/domain/release/state"

const methodWords = {
  passkey: "signed with their own passkey",
  password: "proved with a password, sealed by the console",
} as const

/** Who signed, for whom, when, with what, and the hash of what they signed. */
export function SignatureFacts({ signature, stands = true }: { signature: Signature; stands?: boolean }) {
  const zone = useRelease((release) => release.window.zone)
  const { signer, onBehalfOf, at, method, manifestHash, meaning, expiresAt } = signature
  return (
    <div className="grid grid-cols-1 gap-3" data-testid={`signature-${signature.id}`} data-method={method}>
      <div>
        <p className="font-medium text-lg tracking-tight">
          {signer.name}
          {onBehalfOf ? <span className="font-normal text-base text-ink-2"> for {onBehalfOf.name}</span> : null}
        </p>
        <p className="text-ink-2 text-sm">
          <Instant at={at} zone={zone} how="seconds" /> · <Instant at={at} zone={zone} how="day" /> ·{" "}
          {methodWords[method]}
        </p>
        {expiresAt ? (
          <p className="text-ink-3 text-xs">
            {stands ? "Stands until " : "Ran out "}
            <Instant at={expiresAt} zone={zone} />
          </p>
        ) : null}
      </div>
      <blockquote className="border-pass border-l-2 pl-3 text-ink-2 text-sm">{meaning}</blockquote>
      <dl className="text-xs">
        <dt className="text-ink-3">Manifest, SHA-256</dt>
        <dd className="flex items-center gap-1">
          <span className="min-w-0 truncate font-mono text-2xs text-ink-2" title={manifestHash}>
            {manifestHash}
          </span>
          <CopyButton text={manifestHash} />
        </dd>
      </dl>
    </div>
  )
}

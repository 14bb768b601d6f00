"use client"
import { CertificateLink } from "@/components/certificate/certificate-link"
import { Notice } from "@/components/ui/notice"
import { useRelease, useSnapshot } from "@/lib/client/release-context"
import { useNow } from "@/lib/client/use-now"
import { clearsGate, itemStatus } from "@/lib/domain/checklist/item-status"
import { RemindSigners } from "./remind-signers"
import { SignoffCard } from "./signoff-card"
import { useFreshContentHash } from "./use-fresh-content-hash"
import { useMySigning } from "./use-my-signing"

export function SignoffsPage() {
  const items = useRelease((release) => release.items)
  const preparing = useRelease((release) => release.status === "preparing")
  const sequence = useRelease((release) => release.policy.order === "sequence")
  const contentHash = useSnapshot((snapshot) => snapshot.contentHash)
  const hashIsFresh = useFreshContentHash()
  const mine = useMySigning()
  const nowMs = useNow(5_000)
  const open = Object.values(items).filter((item) => !clearsGate(itemStatus(item, nowMs))).length
  return (
    <section aria-labelledby="signoffs-title" className="grid gap-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
        <h2 id="signoffs-title" className="font-semibold">
          Sign-offs
          {sequence ? <span className="ml-2 font-normal text-ink-3 text-sm">one after the other</span> : null}
        </h2>
        <p className="min-w-0 text-ink-3 text-xs">
          A signature covers content{" "}
          <span className="break-all font-mono text-2xs text-ink-2" title={contentHash}>
            {hashIsFresh ? `${contentHash.slice(0, 16)}…` : "being read…"}
          </span>
        </p>
      </div>
      {preparing && open > 0 ? (
        <Notice tone="warn">
          {open} checklist {open === 1 ? "item is" : "items are"} still open. Changing {open === 1 ? "it" : "them"}{" "}
          after you sign voids your signature, and you are asked again.
        </Notice>
      ) : null}
      <div className="flex flex-wrap items-center justify-between gap-3">
        <RemindSigners />
        <CertificateLink tone="quiet" size="sm" />
      </div>
      <div className="grid items-start gap-4 md:grid-cols-2 min-[1800px]:grid-cols-4">
        {mine.map((one) => (
          <SignoffCard key={one.role} role={one.role} mine={one} hashIsFresh={hashIsFresh} />
        ))}
      </div>
    </section>
  )
}

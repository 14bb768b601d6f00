"use client"
import { useRef, useState } from "react"
import { StatusPill } from "@/components/status/status-mark"
import { signoffLooks } from "@/components/status/tones"
import { Ago } from "@/components/time/instant"
import { cn } from "@/components/ui/cn"
import { useRelease } from "@/lib/client/release-context"
import { useNow } from "@/lib/client/use-now"
import type { SignoffRole } from "@/lib/domain/access/roles"
import { signoffStatus, standingSignatures } from "@/lib/domain/signoff/signoff-status"
import { RemindSigners } from "./remind-signers"
import { ReopenSignoff } from "./reopen-signoff"
import { SignForm } from "./sign-form"
import { SignatureFacts } from "./signature-facts"
import { SignoffReason } from "./signoff-reason"
import { StandIns } from "./stand-ins"
import type { MySigning } from "./use-my-signing"
import { WithdrawSignature } from "./withdraw-signature"

/** One role's sign-off: who signed and how, what is in the way, and for whoever may, the ceremony. */
export function SignoffCard({ role, mine, hashIsFresh }: { role: SignoffRole; mine: MySigning; hashIsFresh: boolean }) {
  const signoff = useRelease((release) => release.signoffs[role])
  const preparing = useRelease((release) => release.status === "preparing")
  const zone = useRelease((release) => release.window.zone)
  const nowMs = useNow(5_000)
  const title = useRef<HTMLHeadingElement>(null)
  const [said, setSaid] = useState("")
  if (!signoff) return null
  const status = signoffStatus(signoff, nowMs)
  const standing = standingSignatures(signoff, nowMs)
  const { whyNot, holders } = mine
  const short = preparing && status !== "signed"

  return (
    <section
      id={role}
      aria-labelledby={`${role}-title`}
      data-testid={`signoff-${role}`}
      data-status={status}
      className={cn(
        "grid min-w-0 scroll-mt-16 grid-cols-1 content-start gap-4 rounded-xl border bg-surface p-4 target:border-accent",
        whyNot === null && "col-span-full border-accent/50",
      )}
    >
      <div className="flex items-center justify-between gap-3">
        <h3 id={`${role}-title`} ref={title} tabIndex={-1} className="min-w-0 font-semibold">
          {signoff.title}
        </h3>
        <StatusPill look={signoffLooks[status]} />
      </div>
      <p role="status" className="sr-only">
        {said}
      </p>
      {signoff.quorum > 1 ? (
        <p className="text-ink-2 text-sm">
          {standing.length} of {signoff.quorum} people have signed.
        </p>
      ) : null}
      <SignoffReason signoff={signoff} status={status} />
      {standing.map((signature) => (
        <div key={signature.id} className="grid grid-cols-1 gap-3">
          <SignatureFacts signature={signature} />
          <WithdrawSignature role={role} signature={signature} />
        </div>
      ))}
      {whyNot === null ? (
        <SignForm
          role={role}
          holders={holders}
          hashIsFresh={hashIsFresh}
          onSigned={() => {
            setSaid(`You signed as ${signoff.title}.`)
            title.current?.focus()
          }}
        />
      ) : short ? (
        <>
          <Points items={signoff.items} />
          <p className="rounded-lg bg-sunken px-3 py-2 text-ink-2 text-sm">{whyNot}</p>
          {status === "declined" ? <ReopenSignoff role={role} /> : null}
          <RemindSigners only={role} />
        </>
      ) : null}
      {short && signoff.reminded ? (
        <p className="text-ink-3 text-xs">
          {signoff.reminded.by} reminded this role <Ago at={signoff.reminded.at} zone={zone} />.
        </p>
      ) : null}
      {preparing ? <StandIns role={role} /> : null}
    </section>
  )
}

function Points({ items }: { items: { key: string; title: string }[] }) {
  return (
    <ul className="grid gap-1 text-ink-2 text-sm">
      {items.map((item) => (
        <li key={item.key} className="flex gap-2">
          <span aria-hidden className="text-ink-3">
            –
          </span>
          {item.title}
        </li>
      ))}
    </ul>
  )
}

"use client"
import { StatusPill } from "@/components/status/status-mark"
import { signoffLooks } from "@/components/status/tones"
import { Notice } from "@/components/ui/notice"
import { useRelease, useSnapshot } from "@/lib/client/release-context"
import { useNow } from "@/lib/client/use-now"
import type { SignoffRole } from "@/lib/domain/access/roles"
import { meaningInWords } from "@/lib/domain/signoff/meaning"
import { refusalToSign } from "@/lib/domain/signoff/refusal-to-sign"
import { ReopenSignoff } from "./reopen-signoff"
import { SignForm } from "./sign-form"
import { SignatureFacts } from "./signature-facts"
import { WithdrawSignature } from "./withdraw-signature"

/** One role's sign-off: who may, what it says, what it covers, and how it stands. */
export function SignoffCard({ role, hashIsFresh }: { role: SignoffRole; hashIsFresh: boolean }) {
  const release = useRelease()
  const nowMs = useNow(5_000)
  const me = useSnapshot((snapshot) => snapshot.me)
  const signoff = release.signoffs[role]
  if (!signoff) return null
  const { status, signatures } = signoff
  const signature = signatures.at(-1)
  const items = signoff.items.map((item) => item.key)
  const wish = { role, items, roles: me.roles, standIns: [], changedSince: null, nowMs }
  const whyNot = refusalToSign(release, wish, { type: "person", id: me.id, name: me.name, role })
  const signed = status === "signed" && signature

  return (
    <section
      id={role}
      aria-labelledby={`${role}-title`}
      data-testid={`signoff-${role}`}
      data-status={status}
      className="grid scroll-mt-16 content-start gap-4 rounded-xl border bg-surface p-4 target:border-accent"
    >
      <div className="flex items-center justify-between gap-3">
        <h3 id={`${role}-title`} className="font-semibold">
          {signoff.title}
        </h3>
        <StatusPill look={signoffLooks[status]} />
      </div>
      {signoff.reason && !signed ? (
        <Notice tone={status === "declined" ? "fail" : "warn"}>
          {status === "void" ? <strong className="font-medium">The signature no longer stands. </strong> : null}
          {signoff.by && status !== "void" ? `${signoff.by}: ` : ""}
          {signoff.reason}
        </Notice>
      ) : null}
      {signed ? (
        <>
          <SignatureFacts signature={signature} />
          <WithdrawSignature role={role} signerId={signature.signer.id} />
        </>
      ) : whyNot ? (
        <>
          <ul className="grid gap-1 text-ink-2 text-sm">
            {signoff.items.map((item) => (
              <li key={item.key} className="flex gap-2">
                <span aria-hidden className="text-ink-3">
                  –
                </span>
                {item.title}
              </li>
            ))}
          </ul>
          <p className="rounded-lg bg-sunken px-3 py-2 text-ink-2 text-sm">{whyNot.message}</p>
          {status === "declined" ? <ReopenSignoff role={role} /> : null}
        </>
      ) : (
        <SignForm role={role} meaning={meaningInWords(release, role, me.name)} hashIsFresh={hashIsFresh} />
      )}
    </section>
  )
}

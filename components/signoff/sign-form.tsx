"use client"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { Fingerprint, PenLine } from "lucide-react"
import { type ReactNode, useId, useState } from "react"
import { Button } from "@/components/ui/button"
import { Checkbox } from "@/components/ui/checkbox"
import { SelectField } from "@/components/ui/field"
import { Notice } from "@/components/ui/notice"
import { Problem } from "@/components/ui/problem"
import {
  refreshSnapshot,
  useRelease,
  useReleaseConnection,
  useReleaseMutations,
  useSnapshot,
} from "@/lib/client/release-context"
import { signingQuery } from "@/lib/client/signing-query"
import { useAction } from "@/lib/client/use-action"
import type { SignoffRole } from "@/lib/domain/access/roles"
import { meaningInWords } from "@/lib/domain/signoff/meaning"
import type { PersonRef } from "@/lib/domain/timeline/actor"
import { DeclineSignoff } from "./decline-signoff"
import { type Method, SignMethod } from "./sign-method"
import { SinceLastLook, useMarkSeen } from "./since-last-look"
import { SupportingItems } from "./supporting-items"

interface SignFormProps {
  role: SignoffRole
  /** For whom I can sign; empty: I hold the role, and sign in my own name. */
  holders: readonly PersonRef[]
  hashIsFresh: boolean
  onSigned(): void
}

/** The ceremony: what changed, what it rests on, each point, the statement in words, a fresh proof; then the signature. */
export function SignForm({ role, holders, hashIsFresh, onSigned }: SignFormProps) {
  const release = useRelease()
  const signoff = release.signoffs[role]
  const me = useSnapshot((snapshot) => snapshot.me)
  const contentHash = useSnapshot((snapshot) => snapshot.contentHash)
  const { releaseId } = useReleaseConnection()
  const client = useQueryClient()
  const { sign, signWithPasskey } = useReleaseMutations()
  const { data: signing } = useQuery(signingQuery(releaseId))
  const markSeen = useMarkSeen()
  const [confirmed, setConfirmed] = useState<ReadonlySet<string>>(() => new Set())
  const [holderId, setHolderId] = useState("")
  const [chosenMethod, setMethod] = useState<Method | null>(null)
  const [chosenKey, setPasskeyId] = useState("")
  const [password, setPassword] = useState("")
  const id = useId()

  const methods = signing?.methods ?? { password: true, passkeys: [] }
  const passkey = methods.passkeys.find((key) => key.id === chosenKey) ?? methods.passkeys[0]
  const method: Method = chosenMethod ?? (passkey ? "passkey" : "password")
  const holder = holders.find((one) => one.id === holderId) ?? holders[0]
  const action = useAction(
    () => {
      const body = { role, items: [...confirmed], contentHash, ...(holder ? { onBehalfOf: holder.id } : {}) }
      return method === "passkey" && passkey
        ? signWithPasskey({ ...body, passkeyId: passkey.id })
        : sign({ ...body, password, decision: "sign" })
    },
    {
      onDone: () => {
        setPassword("")
        markSeen()
        onSigned()
      },
    },
  )
  if (!signoff) return null
  const all = signoff.items.every((item) => confirmed.has(item.key))
  const proved = method === "passkey" ? passkey !== undefined : password !== ""
  const ready = all && proved && hashIsFresh
  const stale = action.problem?.code === "stale"
  const toggle = (key: string) =>
    setConfirmed((before) => {
      const next = new Set(before)
      if (!next.delete(key)) next.add(key)
      return next
    })
  const passwordError = method === "password" ? action.problem?.fields.password : undefined

  return (
    <form
      className="grid max-w-3xl grid-cols-1 gap-5"
      aria-label={`Sign as ${signoff.title}`}
      onSubmit={(event) => {
        event.preventDefault()
        if (ready && !action.isPending) action.mutate()
      }}
    >
      <Step title="What changed">
        <SinceLastLook />
      </Step>
      <Step title="What it rests on" id={`${id}-rests`}>
        <SupportingItems role={role} titleId={`${id}-rests`} />
      </Step>
      <Step title="What you confirm">
        <fieldset className="grid">
          <legend className="sr-only">You confirm that</legend>
          {signoff.items.map((item) => (
            <div key={item.key} className="flex items-start gap-1.5">
              <Checkbox
                id={`${id}-${item.key}`}
                checked={confirmed.has(item.key)}
                onCheckedChange={() => toggle(item.key)}
              />
              <label htmlFor={`${id}-${item.key}`} className="flex-1 py-1 text-sm">
                {item.title}
              </label>
            </div>
          ))}
        </fieldset>
      </Step>
      <Step title="What you say">
        {holders.length > 1 ? (
          <SelectField
            label="On behalf of"
            value={holder?.id ?? ""}
            onChange={(event) => setHolderId(event.target.value)}
          >
            {holders.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </SelectField>
        ) : null}
        <blockquote data-testid="statement" className="border-accent border-l-2 pl-3 text-ink text-sm">
          {meaningInWords(release, role, me.name, holder?.name)}
        </blockquote>
        <p className="text-ink-3 text-xs">
          Content{" "}
          <span className="break-all font-mono text-2xs" title={contentHash}>
            {hashIsFresh ? `${contentHash.slice(0, 16)}…` : "being read…"}
          </span>
        </p>
      </Step>
      <Step title="That it is you">
        <SignMethod
          {...{ methods, method, onMethod: setMethod, password, onPassword: setPassword, passwordError }}
          passkeyId={passkey?.id ?? ""}
          onPasskeyId={setPasskeyId}
        />
      </Step>
      {stale && action.problem ? (
        <Notice
          tone="warn"
          live
          data-testid="sign-stale"
          actions={
            <Button
              size="sm"
              onClick={() => {
                action.reset()
                void refreshSnapshot(client, releaseId)
              }}
            >
              Look again
            </Button>
          }
        >
          {action.problem.message}
        </Notice>
      ) : (
        <Problem problem={passwordError ? null : action.problem} />
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" tone="primary" size="lg" disabled={!ready} busy={action.isPending} className="max-w-full">
          {method === "passkey" ? <Fingerprint aria-hidden /> : <PenLine aria-hidden />}
          <span className="truncate">
            {method === "passkey" && passkey ? `Sign with passkey “${passkey.name}”` : `Sign as ${signoff.title}`}
          </span>
        </Button>
        <DeclineSignoff role={role} onBehalfOf={holder?.id} />
        {all ? null : <p className="text-ink-3 text-xs">Confirm every point to sign.</p>}
      </div>
    </form>
  )
}

function Step({ title, id, children }: { title: string; id?: string; children: ReactNode }) {
  return (
    <section className="grid min-w-0 grid-cols-1 gap-2">
      <h4 id={id} className="font-medium text-ink-2 text-xs uppercase tracking-wide">
        {title}
      </h4>
      {children}
    </section>
  )
}

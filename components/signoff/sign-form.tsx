"use client"
import { PenLine } from "lucide-react"
import { useId, useState } from "react"
import { Button } from "@/components/ui/button"
import { Checkbox } from "@/components/ui/checkbox"
import { TextField } from "@/components/ui/field"
import { Problem } from "@/components/ui/problem"
import { useRelease, useReleaseMutations, useSnapshot } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"
import type { SignoffRole } from "@/lib/domain/access/roles"
import { DeclineSignoff } from "./decline-signoff"

/** Each point confirmed, the statement in words, and a fresh password: then the signature. */
export function SignForm({ role, meaning, hashIsFresh }: { role: SignoffRole; meaning: string; hashIsFresh: boolean }) {
  const signoff = useRelease((release) => release.signoffs[role])
  const contentHash = useSnapshot((snapshot) => snapshot.contentHash)
  const { sign } = useReleaseMutations()
  const [confirmed, setConfirmed] = useState<ReadonlySet<string>>(() => new Set())
  const [password, setPassword] = useState("")
  const id = useId()
  const action = useAction(() => sign({ role, password, items: [...confirmed], contentHash, decision: "sign" }), {
    onDone: () => setPassword(""),
  })
  if (!signoff) return null
  const all = signoff.items.every((item) => confirmed.has(item.key))
  const toggle = (key: string) =>
    setConfirmed((before) => {
      const next = new Set(before)
      if (!next.delete(key)) next.add(key)
      return next
    })

  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (all && password && hashIsFresh) action.mutate()
      }}
    >
      <fieldset className="grid">
        <legend className="mb-1 text-ink-3 text-xs">You confirm that</legend>
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
      <blockquote className="border-accent border-l-2 pl-3 text-ink-2 text-sm">{meaning}</blockquote>
      <TextField
        label="Your password"
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        hint="Proves that it is you. The console then seals what you sign."
        error={action.problem?.fields.password}
      />
      <Problem problem={action.problem?.fields.password ? null : action.problem} />
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" tone="primary" disabled={!all || !password || !hashIsFresh} busy={action.isPending}>
          <PenLine aria-hidden /> Sign as {signoff.title}
        </Button>
        <DeclineSignoff role={role} />
      </div>
    </form>
  )
}

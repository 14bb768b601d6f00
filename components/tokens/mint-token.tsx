"use client"
import { useMutation } from "@tanstack/react-query"
import { useId, useState } from "react"
import { Button } from "@/components/ui/button"
import { Checkbox } from "@/components/ui/checkbox"
import { CopyButton } from "@/components/ui/copy-button"
import { SelectField, TextField } from "@/components/ui/field"
import { Notice } from "@/components/ui/notice"
import { Panel } from "@/components/ui/panel"
import { Problem } from "@/components/ui/problem"
import { ApiProblem, request } from "@/lib/client/api"
import { type Scope, scopes } from "@/lib/domain/access/policy"

const words: Record<Scope, string> = {
  read: "See releases, checks, logs and the timeline",
  "evidence:write": "Push evidence to checklist items, and nothing else: for CI jobs",
  "checklist:write": "Tick items and run checks",
  "release:write": "Create and close releases",
  deploy: "Start, abort and roll back deployments",
  "incident:write": "Declare incidents, acknowledge and work on them",
}

/** Makes a token and shows its secret, once. */
export function MintToken({ onMinted }: { onMinted(): void }) {
  const [name, setName] = useState("")
  const [chosen, setChosen] = useState<ReadonlySet<Scope>>(() => new Set<Scope>(["read"]))
  const [days, setDays] = useState("90")
  const id = useId()
  const mint = useMutation({
    mutationFn: () =>
      request<{ token: string }>("POST", "/tokens", {
        name: name.trim(),
        scopes: [...chosen],
        expiresInDays: Number(days),
      }),
    retry: false,
    onSuccess: () => {
      setName("")
      onMinted()
    },
  })
  const problem = mint.error instanceof ApiProblem ? mint.error : null
  const toggle = (scope: Scope) =>
    setChosen((before) => {
      const next = new Set(before)
      if (!next.delete(scope)) next.add(scope)
      return next
    })
  return (
    <Panel title="New token">
      <form
        className="grid gap-4 p-4"
        onSubmit={(event) => {
          event.preventDefault()
          mint.mutate()
        }}
      >
        <div className="grid gap-4 sm:grid-cols-[1fr_10rem]">
          <TextField
            label="Name"
            placeholder="CI of the main branch"
            value={name}
            onChange={(event) => setName(event.target.value)}
            maxLength={80}
            error={problem?.fields.name}
            required
          />
          <SelectField label="Ends in" value={days} onChange={(event) => setDays(event.target.value)}>
            {["7", "30", "90", "365"].map((one) => (
              <option key={one} value={one}>
                {one} days
              </option>
            ))}
          </SelectField>
        </div>
        <fieldset>
          <legend className="mb-1 font-medium text-ink-2 text-sm">Scopes</legend>
          {scopes.map((scope) => (
            <div key={scope} className="flex items-center gap-1.5">
              <Checkbox id={`${id}-${scope}`} checked={chosen.has(scope)} onCheckedChange={() => toggle(scope)} />
              <label htmlFor={`${id}-${scope}`} className="flex flex-wrap gap-x-2 py-0.5 text-sm">
                <span className="font-mono text-xs leading-5">{scope}</span>
                <span className="text-ink-2">{words[scope]}</span>
              </label>
            </div>
          ))}
        </fieldset>
        <Problem problem={problem} />
        {mint.data ? (
          <Notice tone="pass" live actions={<CopyButton text={mint.data.token} />}>
            <p className="font-medium">Copy it now: it is not shown again.</p>
            <p className="mt-0.5 break-all font-mono text-xs" data-testid="minted-token">
              {mint.data.token}
            </p>
          </Notice>
        ) : null}
        <Button
          type="submit"
          tone="primary"
          className="justify-self-start"
          disabled={!name.trim() || chosen.size === 0}
          busy={mint.isPending}
        >
          Make token
        </Button>
      </form>
    </Panel>
  )
}

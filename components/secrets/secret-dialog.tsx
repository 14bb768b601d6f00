"use client"
import { useMutation } from "@tanstack/react-query"
import { useState } from "react"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import { TextArea, TextField } from "@/components/ui/field"
import { Problem } from "@/components/ui/problem"
import { ApiProblem, request } from "@/lib/client/api"

interface SecretDialogProps {
  path: string
  /** Empty: the person names it. */
  name: string
  isNew: boolean
  where: string
  onClose(): void
  onSet(): void
}

/** Takes a value. It lives in this form until it is sent, and nowhere afterwards: not in the cache of mutations either. */
export function SecretDialog({ path, name, isNew, where, onClose, onSet }: SecretDialogProps) {
  const [chosen, setChosen] = useState(name)
  const [value, setValue] = useState("")
  const [description, setDescription] = useState("")
  const set = useMutation({
    mutationFn: () =>
      request<unknown>("PUT", `${path}/${encodeURIComponent(chosen.trim())}`, {
        value,
        ...(description.trim() ? { description: description.trim() } : {}),
      }),
    retry: false,
    gcTime: 0,
    onSuccess: onSet,
  })
  const problem = set.error instanceof ApiProblem ? set.error : null
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={isNew ? `A secret for ${where}` : `Replace ${name}`}
      description="It is encrypted and cannot be read again, by nobody. Steps that begin from now on get it."
    >
      <form
        className="grid gap-4"
        autoComplete="off"
        data-testid="secret-form"
        onSubmit={(event) => {
          event.preventDefault()
          set.mutate()
        }}
      >
        {name ? null : (
          <TextField
            label="Name"
            hint="Capital letters, digits and _. Checks ask for it as {{secret.NAME}}."
            className="font-mono"
            value={chosen}
            onChange={(event) => setChosen(event.target.value.toUpperCase())}
            maxLength={64}
            error={problem?.fields.name}
            spellCheck={false}
            data-testid="secret-name"
            required
          />
        )}
        {name && isNew ? <p className="break-all font-mono text-sm">{name}</p> : null}
        <TextArea
          label="Value"
          hint="At least 4 characters; several lines are kept as they are."
          className="font-mono [-webkit-text-security:disc]"
          value={value}
          onChange={(event) => setValue(event.target.value)}
          maxLength={65_536}
          error={problem?.fields.value}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          data-testid="secret-value"
          required
        />
        <TextField
          label="Description (optional)"
          hint={isNew ? "What it opens, and where a new one is made." : "Left empty, it stays as it is."}
          value={description}
          onChange={(event) => setDescription(event.target.value)}
          maxLength={400}
          error={problem?.fields.description}
          data-testid="secret-description"
        />
        {Object.keys(problem?.fields ?? {}).length === 0 ? <Problem problem={problem} /> : null}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            tone="primary"
            busy={set.isPending}
            disabled={!chosen.trim() || !value}
            data-testid="secret-save"
          >
            {isNew ? "Set secret" : "Replace"}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

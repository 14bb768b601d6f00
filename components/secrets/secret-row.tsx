"use client"
import { useMutation } from "@tanstack/react-query"
import { useState } from "react"
import { RenderedAgo } from "@/components/releases/rendered-ago"
import { Button } from "@/components/ui/button"
import { request } from "@/lib/client/api"
import type { SecretInfo } from "./overview"

export function SecretRow({
  secret,
  path,
  usedBy,
  onReplace,
  onRemoved,
}: {
  secret: SecretInfo
  path: string
  usedBy: string[]
  /** Null: this person may only look. */
  onReplace: (() => void) | null
  onRemoved(): void
}) {
  const { name, description, version, updatedBy, updatedAt } = secret
  const [sure, setSure] = useState(false)
  const remove = useMutation({
    mutationFn: () => request("DELETE", `${path}/${name}`),
    retry: false,
    onSuccess: onRemoved,
  })
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3" data-testid={`secret-${name}`}>
      <div className="min-w-0 flex-1 basis-60">
        <p className="break-all font-medium font-mono text-sm">{name}</p>
        {description ? <p className="text-ink-2 text-sm">{description}</p> : null}
        <p className="text-ink-2 text-xs">
          Version <span className="tabular-nums">{version}</span> · set by {updatedBy} <RenderedAgo at={updatedAt} />
        </p>
        <p className="text-ink-3 text-xs">
          {usedBy.length > 0 ? `Asked for by ${usedBy.join(", ")}` : "Nothing in the current playbook asks for it"}
        </p>
        {remove.error ? (
          <p role="alert" className="text-fail text-xs">
            {remove.error.message}
          </p>
        ) : null}
      </div>
      {onReplace === null ? null : sure ? (
        <div className="flex gap-2">
          <Button size="sm" onClick={() => setSure(false)}>
            Keep it
          </Button>
          <Button
            size="sm"
            tone="danger"
            busy={remove.isPending}
            onClick={() => remove.mutate()}
            data-testid={`remove-${name}-for-good`}
          >
            Remove for good
          </Button>
        </div>
      ) : (
        <div className="flex gap-2">
          <Button size="sm" onClick={onReplace} aria-label={`Replace ${name}`} data-testid={`replace-${name}`}>
            Replace
          </Button>
          <Button size="sm" onClick={() => setSure(true)} aria-label={`Remove ${name}`} data-testid={`remove-${name}`}>
            Remove
          </Button>
        </div>
      )}
    </li>
  )
}

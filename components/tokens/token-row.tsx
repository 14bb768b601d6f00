"use client"
import { useMutation } from "@tanstack/react-query"
import { useState } from "react"
import { RenderedAgo } from "@/components/releases/rendered-ago"
import { StatusMark } from "@/components/status/status-mark"
import { Button } from "@/components/ui/button"
import { request } from "@/lib/client/api"

export interface TokenEntry {
  id: string
  name: string
  scopes: string[]
  createdAt: string
  expiresAt: string | null
  lastUsedAt: string | null
  revokedAt: string | null
}

export function TokenRow({ token, onRevoked }: { token: TokenEntry; onRevoked(): void }) {
  const [sure, setSure] = useState(false)
  const revoke = useMutation({
    mutationFn: () => request("DELETE", `/tokens/${token.id}`),
    retry: false,
    onSuccess: onRevoked,
  })
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-60">
        <p className="font-medium text-sm">{token.name}</p>
        <p className="text-ink-2 text-xs">
          {token.scopes.join(", ")} · made <RenderedAgo at={token.createdAt} /> ·{" "}
          {token.lastUsedAt ? (
            <>
              used <RenderedAgo at={token.lastUsedAt} />
            </>
          ) : (
            "never used"
          )}
          {token.expiresAt ? ` · until ${token.expiresAt.slice(0, 10)}` : ""}
        </p>
        {revoke.error ? (
          <p role="alert" className="text-fail text-xs">
            {revoke.error.message}
          </p>
        ) : null}
      </div>
      {token.revokedAt ? (
        <StatusMark look={{ tone: "off", word: "Revoked" }} />
      ) : sure ? (
        <div className="flex gap-2">
          <Button size="sm" onClick={() => setSure(false)}>
            Keep it
          </Button>
          <Button size="sm" tone="danger" busy={revoke.isPending} onClick={() => revoke.mutate()}>
            Revoke for good
          </Button>
        </div>
      ) : (
        <Button size="sm" onClick={() => setSure(true)} aria-label={`Revoke ${token.name}`}>
          Revoke
        </Button>
      )}
    </li>
  )
}

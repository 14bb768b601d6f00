"use client"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { KeyRound } from "lucide-react"
import { Notice } from "@/components/ui/notice"
import { Empty, Panel } from "@/components/ui/panel"
import { Skeleton } from "@/components/ui/skeleton"
import { request } from "@/lib/client/api"
import { MintToken } from "./mint-token"
import { type TokenEntry, TokenRow } from "./token-row"

export function TokensPage() {
  const client = useQueryClient()
  const { data, error, isPending } = useQuery({
    queryKey: ["tokens"],
    queryFn: ({ signal }) => request<{ tokens: TokenEntry[] }>("GET", "/tokens", undefined, signal),
    retry: 1,
  })
  const refresh = () => void client.invalidateQueries({ queryKey: ["tokens"] })
  return (
    <div className="grid gap-5">
      <MintToken onMinted={refresh} />
      {error ? <Notice tone="fail">{error.message}</Notice> : null}
      {isPending ? <Skeleton className="h-32" /> : null}
      {data && data.tokens.length === 0 ? (
        <Panel>
          <Empty icon={<KeyRound aria-hidden />} title="No token yet">
            Programs such as a CI job need one to talk to the API in your name.
          </Empty>
        </Panel>
      ) : null}
      {data && data.tokens.length > 0 ? (
        <Panel title="Your tokens">
          <ul className="divide-y">
            {data.tokens.map((token) => (
              <TokenRow key={token.id} token={token} onRevoked={refresh} />
            ))}
          </ul>
        </Panel>
      ) : null}
    </div>
  )
}

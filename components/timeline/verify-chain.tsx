"use client"
import { useMutation } from "@tanstack/react-query"
import { ShieldCheck } from "lucide-react"
import { Button } from "@/components/ui/button"
import { Notice } from "@/components/ui/notice"
import { request } from "@/lib/client/api"
import { useReleaseConnection } from "@/lib/client/release-context"

interface ChainAnswer {
  ok: boolean
  events: number
  head: { seq: number; hash: string }
  faults: { seq: number | null; kind: string; message: string }[]
}

/** Has the server walk the hash chain from the first event and say whether a row was altered, removed or moved. */
export function VerifyChain() {
  const { releaseId } = useReleaseConnection()
  const check = useMutation({
    mutationFn: () => request<ChainAnswer>("GET", `/releases/${releaseId}/audit/verify`),
    retry: false,
  })
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button onClick={() => check.mutate()} busy={check.isPending}>
        <ShieldCheck aria-hidden /> Verify the chain
      </Button>
      {check.data ? (
        <Notice tone={check.data.ok ? "pass" : "fail"} live className="py-1">
          {inWords(check.data)}
        </Notice>
      ) : null}
      {check.error ? (
        <Notice tone="fail" live className="py-1">
          {check.error.message}
        </Notice>
      ) : null}
    </div>
  )
}

function inWords({ ok, events, head, faults }: ChainAnswer): string {
  if (ok) return `Intact: ${events} events, each bound to the one before it. Head ${head.hash.slice(0, 12)}…`
  const first = faults[0]
  return first ? `${first.seq === null ? "" : `Event ${first.seq}: `}${first.message}` : "The chain does not hold."
}

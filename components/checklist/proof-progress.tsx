"use client"
import { useMemo } from "react"
import { StatusShape } from "@/components/status/status-mark"
import { Ago } from "@/components/time/instant"
import { Progress } from "@/components/ui/progress"
import { formatDuration } from "@/lib/client/format"
import { useRelease } from "@/lib/client/release-context"
import { useNow } from "@/lib/client/use-now"
import { ItemTitles } from "./item-titles"
import { type ProofReading, proofCounts, readProof } from "./read-proof"
import { useProofWords } from "./use-proof-words"

/** The last "prove all": how far it is while it runs, one line with what came of it afterwards. */
export function ProofProgress() {
  const proof = useRelease((release) => release.proof)
  const runs = useRelease((release) => release.runs)
  const zone = useRelease((release) => release.window.zone)
  const reading = useMemo(() => readProof({ proof, runs }), [proof, runs])
  const spoken = useProofWords(reading)
  return (
    <>
      <p className="sr-only" aria-live="polite" data-testid="proof-spoken">
        {spoken}
      </p>
      {reading ? (
        <section
          aria-label="Proof of many items"
          data-testid="proof-progress"
          data-state={reading.finishedAt ? "done" : "running"}
        >
          {reading.finishedAt ? <Came proof={reading} zone={zone} /> : <Running proof={reading} />}
        </section>
      ) : null}
    </>
  )
}

function Running({ proof }: { proof: ProofReading }) {
  const { total, open, failed, troubled, startedAt } = proof
  const done = total - open.length
  return (
    <div className="grid gap-2 rounded-xl border bg-surface px-4 py-3">
      <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
        <StatusShape tone="busy" className="size-3.5 self-center" />
        <span className="font-medium">
          {done} of {total}
        </span>
        {failed > 0 ? <span className="text-fail">· {failed} failed</span> : null}
        {troubled > 0 ? <span className="text-warn">· {troubled} in trouble</span> : null}
        <span className="ml-auto text-ink-2" aria-hidden>
          <Clock since={startedAt} />
        </span>
      </p>
      <Progress
        value={done}
        max={total}
        label={`${done} of ${total} items proved`}
        tone={failed > 0 ? "fail" : troubled > 0 ? "warn" : "accent"}
      />
      <p className="text-ink-2 text-xs">
        <ItemTitles keys={open} lead="Still running: " />
      </p>
    </div>
  )
}

function Came({ proof, zone }: { proof: ProofReading; zone: string }) {
  const { total, failed, troubled, startedAt, finishedAt, slowest, failedKeys, troubledKeys } = proof
  const tookMs = Date.parse(finishedAt ?? startedAt) - Date.parse(startedAt)
  return (
    <div className="flex items-start gap-2 px-1 text-ink-2 text-xs">
      <StatusShape tone={failed > 0 ? "fail" : troubled > 0 ? "warn" : "pass"} className="mt-0.5 size-3.5" />
      <p className="min-w-0">
        <span className="text-ink">
          {total === 1 ? "1 item" : `${total} items`} in {formatDuration(tookMs)}: {proofCounts(proof).join(" · ")}.
        </span>{" "}
        {slowest && total > 1 ? (
          <>
            Slowest: <ItemTitles keys={[slowest.itemKey]} />, {formatDuration(slowest.tookMs)}.{" "}
          </>
        ) : null}
        <span className="text-ink-3">
          {proof.by}, <Ago at={finishedAt ?? startedAt} zone={zone} />
        </span>
        {failedKeys.length > 0 ? (
          <span className="block">
            <ItemTitles keys={failedKeys} lead="Failed: " />
          </span>
        ) : null}
        {troubledKeys.length > 0 ? (
          <span className="block">
            <ItemTitles keys={troubledKeys} lead="In trouble: " />
          </span>
        ) : null}
      </p>
    </div>
  )
}

function Clock({ since }: { since: string }) {
  const nowMs = useNow(100)
  const ms = Math.max(0, nowMs - Date.parse(since))
  // Milliseconds that change ten times a second say less than tenths do.
  return <>{ms < 1_000 ? `${(ms / 1_000).toFixed(1)} s` : formatDuration(ms)}</>
}

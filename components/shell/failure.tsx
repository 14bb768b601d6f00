"use client"
import { useEffect } from "react"
import { Button } from "@/components/ui/button"

/** What a page shows when it could not be drawn. Nothing of the error but its number leaves the server. */
export function Failure({ error, reset }: { error: Error & { digest?: string }; reset(): void }) {
  useEffect(() => {
    console.error(error)
  }, [error])
  return (
    <main className="grid min-h-[60dvh] place-content-center justify-items-center gap-3 p-6 text-center">
      <h1 className="font-semibold text-xl tracking-tight">This page could not be shown</h1>
      <p className="max-w-md text-ink-2">
        Whatever runs goes on: deployments, countdowns and rollbacks live on the server and not in this page.
      </p>
      {error.digest ? <p className="font-mono text-ink-3 text-xs">{error.digest}</p> : null}
      <div className="mt-2 flex gap-2">
        <Button tone="primary" onClick={reset}>
          Try again
        </Button>
        <Button asChild>
          <a href="/">All releases</a>
        </Button>
      </div>
    </main>
  )
}

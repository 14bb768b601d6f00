import type { Metadata } from "next"
import { caller } from "@/app/caller"
import { InsightsPage } from "@/components/insights/insights-page"
import { Notice } from "@/components/ui/notice"
import { readInsights } from "@/lib/server/insights/read-insights"

export const metadata: Metadata = { title: "Insights" }

export const dynamic = "force-dynamic"

export default async function Page() {
  const answer = await readInsights(await caller(), {})
  return (
    <main id="main" className="mx-auto max-w-6xl px-4 py-8 sm:px-6">
      <h1 className="font-semibold text-xl tracking-tight">Insights</h1>
      <p className="mt-1 mb-6 text-ink-2">How often releases go live, how long they take, and what goes wrong.</p>
      {answer.ok ? <InsightsPage first={answer.value} /> : <Notice tone="fail">{answer.refusal.message}</Notice>}
    </main>
  )
}

import type { Metadata } from "next"
import { WorkPage } from "@/components/work/work-page"
import { databaseNow } from "@/lib/server/clock"

export const metadata: Metadata = { title: "My work" }

export const dynamic = "force-dynamic"

export default async function Page() {
  const now = await databaseNow()
  return (
    <main id="main" className="mx-auto max-w-4xl px-4 py-8 sm:px-6">
      <h1 className="font-semibold text-xl tracking-tight">My work</h1>
      <p className="mt-1 mb-6 text-ink-2">What is asked of you in every release that you may see.</p>
      <WorkPage renderedAt={now.toISOString()} />
    </main>
  )
}

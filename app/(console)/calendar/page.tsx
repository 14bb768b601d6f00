import type { Metadata } from "next"
import { caller } from "@/app/caller"
import { CalendarPage } from "@/components/calendar/calendar-page"
import { Notice } from "@/components/ui/notice"
import { readCalendar } from "@/lib/server/calendar/read-calendar"

export const metadata: Metadata = { title: "Calendar" }

export const dynamic = "force-dynamic"

export default async function Page() {
  const answer = await readCalendar(await caller(), {})
  return (
    <main id="main" className="mx-auto max-w-6xl px-4 py-8 sm:px-6">
      <h1 className="font-semibold text-xl tracking-tight">Calendar</h1>
      <p className="mt-1 mb-6 text-ink-2">When deployments may start, when nothing is deployed, and what is planned.</p>
      {answer.ok ? <CalendarPage first={answer.value} /> : <Notice tone="fail">{answer.refusal.message}</Notice>}
    </main>
  )
}

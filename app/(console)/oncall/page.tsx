import type { Metadata } from "next"
import { caller } from "@/app/caller"
import { OncallPage } from "@/components/oncall/oncall-page"
import { mondayOf, rangeOf, weeksFrom } from "@/components/oncall/weeks"
import { Notice } from "@/components/ui/notice"
import { listRotas } from "@/lib/server/oncall/list-rotas"
import { readShifts } from "@/lib/server/oncall/read-shifts"

export const metadata: Metadata = { title: "On call" }

export const dynamic = "force-dynamic"

export default async function Page() {
  const ctx = await caller()
  const now = await listRotas(ctx, {})
  const zone = (now.ok && now.value.rotas[0]?.rotation.zone) || "UTC"
  const { fromMs, toMs } = rangeOf(weeksFrom(mondayOf(now.ok ? Date.parse(now.value.now) : 0, zone), zone))
  const shifts = await readShifts(ctx, { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() })
  return (
    <main id="main" className="mx-auto max-w-6xl px-4 py-8 sm:px-6">
      {now.ok && shifts.ok ? (
        <OncallPage first={now.value} firstShifts={shifts.value} zone={zone} me={ctx.person?.id ?? ""} />
      ) : (
        <>
          <h1 className="mb-6 font-semibold text-xl tracking-tight">On call</h1>
          <Notice tone="fail">{now.ok ? "The shifts could not be read." : now.refusal.message}</Notice>
        </>
      )}
    </main>
  )
}

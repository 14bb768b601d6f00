import { BellOff } from "lucide-react"
import type { Metadata } from "next"
import { notFound } from "next/navigation"
import { caller } from "@/app/caller"
import { ChannelsPage } from "@/components/channels/channels-page"
import { ServiceSwitch } from "@/components/channels/service-switch"
import { Empty, Panel } from "@/components/ui/panel"
import { describeChannelKinds } from "@/lib/server/channels/channel-kinds"
import { listChannels } from "@/lib/server/channels/list-channels"
import { servicesWithChannels } from "@/lib/server/channels/services-with-channels"

export const metadata: Metadata = { title: "Channels" }
export const dynamic = "force-dynamic"

export default async function Page({ searchParams }: { searchParams: Promise<{ service?: string | string[] }> }) {
  const ctx = await caller()
  const { service: asked } = await searchParams
  const services = await servicesWithChannels(ctx)
  const chosen = asked === undefined ? services[0] : services.find(({ key }) => key === asked)
  if (asked !== undefined && !chosen && services.length > 0) notFound()
  const answer = chosen ? await listChannels(ctx, chosen.key) : null
  return (
    <main id="main" className="mx-auto max-w-5xl px-4 py-8 sm:px-6">
      <h1 className="font-semibold text-xl tracking-tight">Channels</h1>
      <p className="mt-1 mb-6 text-ink-2">
        Ways by which people hear of what happens, who gets what, and what became of each message.
      </p>
      {services.length > 1 && chosen ? <ServiceSwitch services={services} chosen={chosen.key} /> : null}
      {answer?.ok ? (
        <ChannelsPage key={answer.value.service.key} first={answer.value} kinds={describeChannelKinds()} />
      ) : (
        <Panel>
          <Empty icon={<BellOff aria-hidden />} title="You may not see channels">
            {answer ? answer.refusal.message : "That takes a role other than viewer, for some service."}
          </Empty>
        </Panel>
      )}
    </main>
  )
}

import { ChevronLeft } from "lucide-react"
import type { Metadata } from "next"
import Link from "next/link"
import { notFound } from "next/navigation"
import { caller } from "@/app/caller"
import { EnvironmentPage } from "@/components/environment/environment-page"
import { readEnvironment } from "@/lib/server/environment/read-environment"
import { settingsKinds } from "@/lib/server/environment/settings-kinds"

interface Props {
  params: Promise<{ service: string; environment: string }>
}

export const metadata: Metadata = { title: "Environment" }
export const dynamic = "force-dynamic"

export default async function Page({ params }: Props) {
  const answer = await readEnvironment(await caller(), await params)
  if (!answer.ok) notFound()
  const { service, environment, config } = answer.value
  return (
    <main id="main" className="mx-auto max-w-3xl px-4 py-8 sm:px-6">
      <Link href="/settings/environments" className="inline-flex items-center gap-1 text-ink-2 text-sm hover:text-ink">
        <ChevronLeft className="size-4" aria-hidden /> Environments and secrets
      </Link>
      <h1 className="mt-2 mb-6 font-semibold text-xl tracking-tight">
        {service.name} {environment.name}
      </h1>
      <EnvironmentPage first={answer.value} kinds={config ? settingsKinds() : null} />
    </main>
  )
}

import type { Metadata } from "next"
import { notFound } from "next/navigation"
import { cache } from "react"
import { StatusPage } from "@/components/status-page/status-page"
import { readStatusPage } from "@/lib/server/status-page/read-status-page"

interface Props {
  params: Promise<{ service: string }>
}

// Rendered once for everybody, without their cookies, and again at most every 15 seconds, however many look.
export const dynamic = "force-static"
export const revalidate = 15
export const generateStaticParams = () => []

const statusOf = cache(async ({ params }: Props) => {
  const answer = await readStatusPage((await params).service)
  return answer.ok ? answer.value : null
})

export async function generateMetadata(props: Props): Promise<Metadata> {
  const status = await statusOf(props)
  if (!status) return { title: { absolute: "Not found" } }
  const { service, words } = status
  return {
    title: { absolute: `${service.name} status` },
    description: words,
    alternates: { types: { "application/atom+xml": `/status/${service.key}/feed.xml` } },
  }
}

export default async function Page(props: Props) {
  const status = await statusOf(props)
  if (!status) notFound()
  return (
    <>
      <noscript>
        <meta httpEquiv="refresh" content="60" />
      </noscript>
      <StatusPage first={status} />
    </>
  )
}

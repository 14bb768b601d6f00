import type { Metadata } from "next"
import Link from "next/link"
import { Entrance } from "@/components/people/entrance"
import { SetupForm } from "@/components/people/setup-form"
import { isSetupLinkOpen } from "@/lib/server/people/set-up-first-admin"

export const metadata: Metadata = { title: "Set up", referrer: "no-referrer" }
export const dynamic = "force-dynamic"

export default async function SetupPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  if (!(await isSetupLinkOpen(token))) {
    return (
      <Entrance title="This link cannot be used">
        <p className="text-ink-2">It was used already, has expired, or was never given out.</p>
        <Link href="/signin" className="mt-4 inline-block text-accent underline underline-offset-2">
          Sign in
        </Link>
      </Entrance>
    )
  }
  return (
    <Entrance title="The first administrator">
      <SetupForm token={token} />
    </Entrance>
  )
}

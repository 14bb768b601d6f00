import type { Metadata } from "next"
import { redirect } from "next/navigation"
import { caller } from "@/app/caller"
import { Entrance } from "@/components/people/entrance"
import { SignInForm } from "@/components/people/sign-in-form"
import { openIdName } from "@/lib/server/people/openid-provider"

export const metadata: Metadata = { title: "Sign in" }
export const dynamic = "force-dynamic"

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[]>>
}) {
  if ((await caller()).person) redirect("/")
  const { callbackUrl, error } = await searchParams
  return (
    <Entrance title="Sign in">
      <SignInForm
        callbackUrl={typeof callbackUrl === "string" ? callbackUrl : "/"}
        error={typeof error === "string" ? error : null}
        openId={openIdName()}
      />
    </Entrance>
  )
}

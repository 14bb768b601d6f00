import type { Metadata } from "next"
import { redirect } from "next/navigation"
import { caller } from "@/app/caller"
import { PasskeySignIn } from "@/components/passkeys/passkey-sign-in"
import { pathHere } from "@/components/passkeys/path-here"
import { Entrance } from "@/components/people/entrance"
import { SignInForm } from "@/components/people/sign-in-form"
import { relyingParty } from "@/lib/server/passkeys/relying-party"
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
  const party = relyingParty()
  const path = pathHere(typeof callbackUrl === "string" ? callbackUrl : "/", party.origin)
  return (
    <Entrance title="Sign in">
      <SignInForm callbackUrl={path} error={typeof error === "string" ? error : null} openId={openIdName()} />
      <PasskeySignIn path={path} relyingParty={party} />
    </Entrance>
  )
}

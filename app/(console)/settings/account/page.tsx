import type { Metadata } from "next"
import { caller } from "@/app/caller"
import { PasskeysPanel } from "@/components/passkeys/passkeys-panel"
import { PasswordPanel } from "@/components/people/password-panel"
import { SessionsPanel } from "@/components/people/sessions-panel"
import { hasPassword } from "@/lib/server/people/has-password"

export const metadata: Metadata = { title: "Your account" }

export default async function Page() {
  const { person } = await caller()
  if (!person) return null
  return (
    <main id="main" className="mx-auto max-w-3xl px-4 py-8 sm:px-6">
      <h1 className="font-semibold text-xl tracking-tight">Your account</h1>
      <p className="mt-1 mb-6 text-ink-2">{person.email}</p>
      <div className="grid grid-cols-1 gap-5">
        <PasskeysPanel />
        <PasswordPanel hasPassword={await hasPassword(person.id)} />
        <SessionsPanel />
      </div>
    </main>
  )
}

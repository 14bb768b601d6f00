import type { Metadata } from "next"
import { caller } from "@/app/caller"
import { PeoplePage } from "@/components/people/people-page"
import { mayPerform } from "@/lib/domain/access/policy"
import { rolesFor } from "@/lib/server/access/context"

export const metadata: Metadata = { title: "People" }

export default async function Page() {
  const { person } = await caller()
  if (!person) return null
  return (
    <main id="main" className="mx-auto max-w-3xl px-4 py-8 sm:px-6">
      <h1 className="font-semibold text-xl tracking-tight">People</h1>
      <p className="mt-1 mb-6 text-ink-2">Who may come in, and what they may do where.</p>
      <PeoplePage me={person.id} mayManage={mayPerform(rolesFor(person, null), "people.manage")} />
    </main>
  )
}

import { redirect } from "next/navigation"
import type { ReactNode } from "react"
import { Providers } from "@/components/shell/providers"
import { TopBar } from "@/components/shell/top-bar"
import { currentPerson } from "@/lib/server/people/session"

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const person = await currentPerson()
  if (!person) redirect("/signin")
  const { name, email, roles } = person
  return (
    <Providers>
      <TopBar person={{ name, email, roles }} />
      {children}
    </Providers>
  )
}

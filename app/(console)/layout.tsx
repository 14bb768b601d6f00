import { redirect } from "next/navigation"
import type { ReactNode } from "react"
import { caller } from "@/app/caller"
import { Providers } from "@/components/shell/providers"
import { TopBar } from "@/components/shell/top-bar"

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const { person } = await caller()
  if (!person) redirect("/signin")
  const { name, email, roles } = person
  return (
    <Providers>
      <TopBar person={{ name, email, roles }} />
      {children}
    </Providers>
  )
}

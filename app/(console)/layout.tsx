import type { ReactNode } from "react"
import { caller } from "@/app/caller"
import { ToSignIn } from "@/components/people/to-sign-in"
import { Providers } from "@/components/shell/providers"
import { TopBar } from "@/components/shell/top-bar"

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const { person } = await caller()
  // A page below may not be shown, and the layout does not know which it is: the browser does.
  if (!person) return <ToSignIn />
  const { id, name, email, roles } = person
  return (
    <Providers>
      <TopBar person={{ id, name, email, roles }} />
      {children}
    </Providers>
  )
}

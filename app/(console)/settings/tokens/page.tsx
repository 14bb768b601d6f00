import type { Metadata } from "next"
import { TokensPage } from "@/components/tokens/tokens-page"

export const metadata: Metadata = { title: "API tokens" }

export default function Page() {
  return (
    <main id="main" className="mx-auto max-w-3xl px-4 py-8 sm:px-6">
      <h1 className="font-semibold text-xl tracking-tight">API tokens</h1>
      <p className="mt-1 mb-6 text-ink-2">
        A token acts for you, within its scopes and never beyond your roles. It cannot sign, waive the window or unlock
        an environment.
      </p>
      <TokensPage />
    </main>
  )
}

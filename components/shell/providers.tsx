"use client"
import { QueryClient, QueryClientProvider } from "@tanstack/react-query"
import { type ReactNode, useState } from "react"
import { Toaster } from "@/components/ui/toaster"
import { CommandProvider } from "./commands"

/** What every page of the console shares in the browser. */
export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(
    () => new QueryClient({ defaultOptions: { queries: { refetchOnWindowFocus: false, networkMode: "always" } } }),
  )
  return (
    <QueryClientProvider client={client}>
      <Toaster>
        <CommandProvider>{children}</CommandProvider>
      </Toaster>
    </QueryClientProvider>
  )
}

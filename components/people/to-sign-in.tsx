"use client"
import { usePathname, useRouter, useSearchParams } from "next/navigation"
import { useEffect } from "react"

/** Sends whoever is not signed in to the sign-in page, and from there back to where the link led. */
export function ToSignIn() {
  const router = useRouter()
  const path = usePathname()
  const query = useSearchParams().toString()
  useEffect(() => {
    const here = query ? `${path}?${query}` : path
    router.replace(here === "/" ? "/signin" : `/signin?callbackUrl=${encodeURIComponent(here)}`)
  }, [router, path, query])
  return <p className="p-6 text-ink-2 text-sm">Please sign in.</p>
}

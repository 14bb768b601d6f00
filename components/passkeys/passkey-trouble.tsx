"use client"
import { browserSupportsWebAuthn } from "@simplewebauthn/browser"
import { type ReactNode, useEffect, useState } from "react"
import type { PasskeyList } from "@/lib/contracts/api/passkeys"

/**
 * Why there can be no passkeys on this page, in words; null where there can. `undefined`: not known yet, as only the browser
 * knows where it is and what it can do.
 */
export function usePasskeyTrouble(party: PasskeyList["relyingParty"] | undefined): ReactNode | undefined {
  const [here, setHere] = useState<{ origin: string; able: boolean } | null>(null)
  useEffect(() => setHere({ origin: window.location.origin, able: browserSupportsWebAuthn() }), [])
  if (!party || !here) return undefined
  if (!party.named) return <UnnamedAddress origin={party.origin} />
  if (here.origin !== party.origin) {
    return (
      <>
        Passkeys belong to the console’s own address, and this page is open at {here.origin}. Open it at{" "}
        <a href={party.origin} className="text-accent underline">
          {party.origin}
        </a>{" "}
        to use them.
      </>
    )
  }
  if (here.able) return null
  return party.origin.startsWith("https:") || party.id === "localhost"
    ? "This browser knows no passkeys."
    : `Browsers use passkeys over https only, and on localhost: this console’s address is ${party.origin}.`
}

function UnnamedAddress({ origin }: { origin: string }) {
  return (
    <>
      Passkeys need a name such as localhost: this console’s address is {origin}, and browsers make none for an IP
      address. Whoever runs it sets <code className="font-mono text-xs">NEXTAUTH_URL</code> to its name.
    </>
  )
}

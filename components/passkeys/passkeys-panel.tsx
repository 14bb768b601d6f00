"use client"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { Fingerprint } from "lucide-react"
import { useRef, useState } from "react"
import { Notice } from "@/components/ui/notice"
import { Empty, Panel } from "@/components/ui/panel"
import { Skeleton } from "@/components/ui/skeleton"
import { AddPasskey } from "./add-passkey"
import { PasskeyRow } from "./passkey-row"
import { usePasskeyTrouble } from "./passkey-trouble"
import { passkeysQuery } from "./passkeys-query"

/** One's own passkeys: to sign in with, and to sign releases with. */
export function PasskeysPanel() {
  const client = useQueryClient()
  const { data, error, isPending } = useQuery(passkeysQuery)
  const trouble = usePasskeyTrouble(data?.relyingParty)
  const content = useRef<HTMLDivElement>(null)
  const [done, setDone] = useState<string | null>(null)
  const refresh = async (words: string | null = null) => {
    setDone(words)
    // What one signs with is asked for on the pages of sign-offs too.
    await Promise.all([["passkeys"], ["signing"]].map((queryKey) => client.invalidateQueries({ queryKey })))
    // The row is gone, and with it the button that had the focus.
    if (words) content.current?.focus()
  }
  const able = trouble === null
  const hasPasskey = able && (data?.passkeys.some((passkey) => passkey.usableHere) ?? false)
  return (
    <Panel
      title="Passkeys"
      aside={
        data && able ? (
          <AddPasskey
            hasPassword={data.hasPassword}
            hasPasskey={hasPasskey}
            names={data.passkeys.map(({ name }) => name)}
            onAdded={() => void refresh()}
          />
        ) : null
      }
    >
      <div ref={content} tabIndex={-1} className="outline-none">
        {isPending ? <Skeleton className="m-4 h-16" /> : null}
        {error ? (
          <Notice tone="fail" className="m-4">
            {error.message}
          </Notice>
        ) : null}
        {trouble ? (
          <Notice tone="warn" className="m-4" data-testid="passkey-trouble">
            {trouble}
          </Notice>
        ) : null}
        {done ? (
          <Notice tone="pass" live className="m-4">
            {done}
          </Notice>
        ) : null}
        {data && data.passkeys.length === 0 && able ? (
          <Empty icon={<Fingerprint aria-hidden />} title="No passkey yet">
            With one you sign in without a password, and sign releases with a key of your own: anyone can verify that
            later, without trusting this console.
          </Empty>
        ) : null}
        {data && data.passkeys.length > 0 ? (
          <ul className="divide-y">
            {data.passkeys.map((passkey) => (
              <PasskeyRow
                key={passkey.id}
                passkey={passkey}
                hasPassword={data.hasPassword}
                hasPasskey={hasPasskey}
                onChanged={() => void refresh()}
                onRemoved={() => void refresh(`“${passkey.name}” is removed. What it signed still verifies.`)}
              />
            ))}
          </ul>
        ) : null}
      </div>
    </Panel>
  )
}

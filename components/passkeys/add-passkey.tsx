"use client"
import { Fingerprint } from "lucide-react"
import { type FormEvent, useState } from "react"
import { browserInWords } from "@/components/people/browser-in-words"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import { TextField } from "@/components/ui/field"
import { Problem } from "@/components/ui/problem"
import { request } from "@/lib/client/api"
import { useWrite } from "@/lib/client/use-write"
import { type Made, makeOnDevice, type ToMake } from "./ask-device"
import { ProofFields } from "./proof-fields"
import { useProof } from "./use-proof"

interface AddPasskeyProps {
  hasPassword: boolean
  hasPasskey: boolean
  names: readonly string[]
  onAdded(): void
}

/** Who are you, then: which name, and the device makes it. Two steps, as each may ask the device for itself. */
export function AddPasskey({ hasPassword, hasPasskey, names, onAdded }: AddPasskeyProps) {
  const [open, setOpen] = useState(false)
  const [name, setName] = useState("")
  const [begun, setBegun] = useState<ToMake | null>(null)
  const [made, setMade] = useState<Made | null>(null)
  const proof = useProof({ hasPassword, hasPasskey })
  const begin = useWrite(
    async () => request<ToMake>("POST", "/me/passkeys/options", await proof.give({ for: "add" })),
    (answer) => {
      setName((before) => before || freeName(names))
      setBegun(answer)
    },
  )
  const make = useWrite(
    async (challenge: ToMake) => {
      // Made once: where only the name was refused, the same key is sent again.
      const answer = made ?? (await makeOnDevice(challenge))
      setMade(answer)
      return request("POST", "/me/passkeys", { name: name.trim(), ...answer })
    },
    () => {
      change(false)
      onAdded()
    },
  )
  const change = (isOpen: boolean) => {
    setOpen(isOpen)
    if (isOpen) return
    begin.reset()
    make.reset()
    proof.forget()
    setBegun(null)
    setMade(null)
    setName("")
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (begun) make.mutate(begun)
    else if (proof.ready) begin.mutate()
  }
  // An answer that was sent is used up, whatever came of it: only what the device or the name was at fault for goes on.
  const again = make.problem !== null && make.problem.status !== 0 && !make.problem.fields.name
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        Add a passkey
      </Button>
      <Dialog
        open={open}
        onOpenChange={change}
        title="Add a passkey"
        description={
          begun
            ? "Your device makes a key that never leaves it, or only into your own account of its maker."
            : "First, that it is you."
        }
      >
        <form method="post" className="grid gap-4" onSubmit={submit}>
          {begun ? (
            <TextField
              label="Name"
              hint="So that you tell your passkeys apart. It is named in what you sign."
              value={name}
              onChange={(event) => setName(event.target.value)}
              maxLength={60}
              error={make.problem?.fields.name}
              autoFocus
              required
            />
          ) : (
            <ProofFields proof={proof} error={begin.problem?.fields.password} />
          )}
          <Problem problem={begun || begin.problem?.fields.password ? null : begin.problem} />
          <Problem problem={make.problem?.fields.name ? null : make.problem} />
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={() => change(false)}>Cancel</Button>
            {again ? (
              <Button
                tone="primary"
                onClick={() => {
                  make.reset()
                  setBegun(null)
                  setMade(null)
                }}
              >
                Begin again
              </Button>
            ) : (
              <Button
                type="submit"
                tone="primary"
                busy={begin.isPending || make.isPending}
                disabled={begun ? name.trim() === "" : !proof.ready}
              >
                {begun ? <Fingerprint aria-hidden /> : null}
                {begun ? "Make the passkey" : "Continue"}
              </Button>
            )}
          </div>
        </form>
      </Dialog>
    </>
  )
}

/** The browser's own words for where it is, with a number where that is taken. */
function freeName(names: readonly string[]): string {
  const words = browserInWords(navigator.userAgent)
  const taken = new Set(names.map((name) => name.toLowerCase()))
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? words : `${words} ${number}`
    if (!taken.has(name.toLowerCase())) return name
  }
}

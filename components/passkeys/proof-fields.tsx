"use client"
import { Fingerprint, KeyRound } from "lucide-react"
import { Button } from "@/components/ui/button"
import { TextField } from "@/components/ui/field"
import { Notice } from "@/components/ui/notice"
import type { Proof } from "./use-proof"

/** Asks for the proof, and offers the other way where there is one. */
export function ProofFields({ proof, error }: { proof: Proof; error: string | undefined }) {
  const { method, methods } = proof
  if (method === null) {
    return (
      <Notice tone="warn">
        It takes a password or a passkey to go on, and you have neither. Set a password first: below, on this page.
      </Notice>
    )
  }
  const other = methods.find((one) => one !== method)
  return (
    <div className="grid gap-2">
      {method === "passkey" ? (
        <p className="text-ink-2 text-sm">Your device asks for your finger, your face or a PIN.</p>
      ) : (
        <TextField
          label="Your password"
          type="password"
          autoComplete="current-password"
          value={proof.password}
          onChange={(event) => proof.setPassword(event.target.value)}
          error={error}
          autoFocus
        />
      )}
      {other ? (
        <Button size="sm" tone="quiet" className="justify-self-start" onClick={() => proof.choose(other)}>
          {other === "password" ? <KeyRound aria-hidden /> : <Fingerprint aria-hidden />}
          {other === "password" ? "Use my password instead" : "Use a passkey instead"}
        </Button>
      ) : null}
    </div>
  )
}

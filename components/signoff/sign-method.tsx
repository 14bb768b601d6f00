"use client"
import { Fingerprint, KeyRound } from "lucide-react"
import { Button } from "@/components/ui/button"
import { SelectField, TextField } from "@/components/ui/field"
import { Notice } from "@/components/ui/notice"
import type { SigningFacts } from "@/lib/client/signing-query"

export type Method = "passkey" | "password"

interface SignMethodProps {
  methods: SigningFacts["methods"]
  method: Method
  onMethod(method: Method): void
  passkeyId: string
  onPasskeyId(id: string): void
  password: string
  onPassword(password: string): void
  passwordError: string | undefined
}

/** A passkey where there is one, a password otherwise, and the way from one to the other. */
export function SignMethod(props: SignMethodProps) {
  const { methods, method, onMethod } = props
  const { passkeys } = methods
  if (!methods.password && passkeys.length === 0) {
    return (
      <Notice tone="warn">You have neither a password nor a passkey here. Add a passkey to your account first.</Notice>
    )
  }
  if (method === "passkey") {
    return (
      <div className="grid gap-2">
        {passkeys.length > 1 ? (
          <SelectField
            label="Passkey"
            value={props.passkeyId}
            onChange={(event) => props.onPasskeyId(event.target.value)}
          >
            {passkeys.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
        ) : null}
        <p className="text-ink-2 text-sm">
          Your device asks for your finger, your face or a PIN. Your own key then signs exactly what is above.
        </p>
        {methods.password ? (
          <Button size="sm" tone="quiet" className="justify-self-start" onClick={() => onMethod("password")}>
            <KeyRound aria-hidden /> Use my password instead
          </Button>
        ) : null}
      </div>
    )
  }
  return (
    <div className="grid gap-2">
      <TextField
        label="Your password"
        type="password"
        autoComplete="current-password"
        value={props.password}
        onChange={(event) => props.onPassword(event.target.value)}
        hint="Proves that it is you. The console then seals what you sign with its own key."
        error={props.passwordError}
      />
      {passkeys.length > 0 ? (
        <Button size="sm" tone="quiet" className="justify-self-start" onClick={() => onMethod("passkey")}>
          <Fingerprint aria-hidden /> Use a passkey instead
        </Button>
      ) : null}
    </div>
  )
}

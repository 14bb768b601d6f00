"use client"
import { useRouter } from "next/navigation"
import { signIn } from "next-auth/react"
import { type FormEvent, useEffect, useState } from "react"
import { pathHere } from "@/components/passkeys/path-here"
import { Button } from "@/components/ui/button"
import { TextField } from "@/components/ui/field"
import { Notice } from "@/components/ui/notice"

const openIdWords = new Map([
  ["OpenIdUnknown", "There is no account for you here, and no open invitation. Ask an administrator for one."],
  [
    "OpenIdUnverified",
    "The identity provider does not vouch for your e-mail address, so it cannot be used to sign in.",
  ],
  ["OpenIdDisabled", "This account is disabled. Ask an administrator."],
  ["OAuthSignin", "The identity provider could not be reached. Try again."],
  ["OAuthCallback", "The identity provider's answer could not be used. Begin again."],
  ["Callback", "The sign-in did not work. Begin again."],
])

function wordsFor(code: string): string {
  if (code === "TooManyAttempts") return "Too many attempts. Wait a quarter of an hour, then try again."
  const openId = openIdWords.get(code)
  if (openId) return openId
  if (code === "unreachable") return "The console could not be reached. Try again."
  return "That e-mail address and password do not belong together."
}

export function SignInForm(props: { callbackUrl: string; error: string | null; openId: string | null }) {
  const { callbackUrl, error: given, openId } = props
  const router = useRouter()
  const [error, setError] = useState(given)
  const [busy, setBusy] = useState(false)
  // Until the page can handle it, submitting would put the password into the address.
  const [ready, setReady] = useState(false)
  useEffect(() => setReady(true), [])

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    setBusy(true)
    setError(null)
    const answer = await signIn("credentials", {
      email: String(form.get("email")),
      password: String(form.get("password")),
      redirect: false,
    }).catch(() => undefined)
    setBusy(false)
    if (answer?.ok && !answer.error) {
      router.replace(pathHere(callbackUrl, window.location.origin))
      router.refresh()
    } else setError(answer?.error ?? "unreachable")
  }

  return (
    <form method="post" onSubmit={submit} className="grid gap-4">
      <TextField label="E-mail" name="email" type="email" autoComplete="username" required autoFocus />
      <TextField label="Password" name="password" type="password" autoComplete="current-password" required />
      {error ? (
        <Notice tone="fail" live>
          {wordsFor(error)}
        </Notice>
      ) : null}
      <Button type="submit" tone="primary" size="lg" className="justify-center" busy={busy} disabled={!ready}>
        Sign in
      </Button>
      {openId ? (
        <Button
          size="lg"
          className="justify-center"
          disabled={!ready}
          onClick={() => void signIn("openid", { callbackUrl: pathHere(callbackUrl, window.location.origin) })}
        >
          Continue with {openId}
        </Button>
      ) : null}
    </form>
  )
}

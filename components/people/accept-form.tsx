"use client"
import { useRouter } from "next/navigation"
import { signIn } from "next-auth/react"
import { type FormEvent, useEffect, useState } from "react"
import { Button } from "@/components/ui/button"
import { TextField } from "@/components/ui/field"
import { Notice } from "@/components/ui/notice"
import { Problem } from "@/components/ui/problem"
import { ApiProblem, request } from "@/lib/client/api"

/** Name and password of somebody who was invited; signs them in when the account is there. */
export function AcceptForm() {
  const router = useRouter()
  const [token, setToken] = useState<string | null>(null)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [busy, setBusy] = useState(false)

  // The secret is in the part of the address that browsers keep to themselves; it leaves the address bar and history too.
  useEffect(() => {
    const secret = window.location.hash.slice(1)
    if (!secret) return setToken((had) => had ?? "")
    setToken(secret)
    window.history.replaceState(null, "", window.location.pathname)
  }, [])

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const password = String(form.get("password"))
    setBusy(true)
    setProblem(null)
    try {
      const { email } = await request<{ email: string }>("POST", "/invitations/accept", {
        token,
        name: String(form.get("name")),
        password,
      })
      await signIn("credentials", { email, password, redirect: false })
      router.replace("/")
      router.refresh()
    } catch (error) {
      setProblem(
        error instanceof ApiProblem ? error : new ApiProblem(0, "failed", "That did not work. Try again.", {}, {}),
      )
      setBusy(false)
    }
  }

  if (token === "") return <Notice tone="warn">This address is not whole. Open the link as you were given it.</Notice>
  return (
    <form method="post" onSubmit={submit} className="grid gap-4">
      <TextField
        label="Your name"
        name="name"
        autoComplete="name"
        maxLength={120}
        error={problem?.fields.name}
        required
      />
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete="new-password"
        minLength={12}
        maxLength={256}
        hint="At least 12 characters, and hard to guess. You will prove yourself with it when you sign."
        error={problem?.fields.password}
        required
      />
      {problem?.fields.password ? null : <Problem problem={problem} />}
      <Button type="submit" tone="primary" size="lg" className="justify-center" busy={busy} disabled={token === null}>
        Join
      </Button>
    </form>
  )
}

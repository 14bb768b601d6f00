"use client"
import { useRouter } from "next/navigation"
import { signIn } from "next-auth/react"
import { type FormEvent, useState } from "react"
import { Button } from "@/components/ui/button"
import { TextField } from "@/components/ui/field"
import { Problem } from "@/components/ui/problem"
import { ApiProblem, request } from "@/lib/client/api"

/** Name, address and password of the first administrator; signs them in when the account is there. */
export function SetupForm({ token }: { token: string }) {
  const router = useRouter()
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [busy, setBusy] = useState(false)

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const [name, email, password] = ["name", "email", "password"].map((field) => String(form.get(field) ?? ""))
    setBusy(true)
    setProblem(null)
    try {
      await request("POST", "/setup", { token, name, email, password })
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

  return (
    <form method="post" onSubmit={submit} className="grid gap-4">
      <TextField
        label="Name"
        name="name"
        autoComplete="name"
        maxLength={120}
        error={problem?.fields.name}
        required
        autoFocus
      />
      <TextField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        error={problem?.fields.email}
        required
      />
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete="new-password"
        minLength={12}
        hint="At least 12 characters. You will prove yourself with it when you sign."
        error={problem?.fields.password}
        required
      />
      <Problem problem={problem} />
      <Button type="submit" tone="primary" size="lg" className="justify-center" busy={busy}>
        Create the account
      </Button>
    </form>
  )
}

"use client"
import { useQueryClient } from "@tanstack/react-query"
import { type FormEvent, useRef } from "react"
import { Button } from "@/components/ui/button"
import { TextField } from "@/components/ui/field"
import { Notice } from "@/components/ui/notice"
import { Panel } from "@/components/ui/panel"
import { Problem } from "@/components/ui/problem"
import { request } from "@/lib/client/api"
import { useWrite } from "@/lib/client/use-write"

/** Changes one's own password, or sets the first one. */
export function PasswordPanel({ hasPassword }: { hasPassword: boolean }) {
  const client = useQueryClient()
  const form = useRef<HTMLFormElement>(null)
  const change = useWrite(
    (body: { current?: string; password: string }) => request<{ endedSessions: number }>("PUT", "/me/password", body),
    () => {
      form.current?.reset()
      void client.invalidateQueries({ queryKey: ["sessions"] })
    },
  )
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const given = new FormData(event.currentTarget)
    const password = String(given.get("password"))
    change.mutate(hasPassword ? { current: String(given.get("current")), password } : { password })
  }
  const fields = change.problem?.fields
  return (
    <Panel title="Password">
      <form ref={form} method="post" className="grid max-w-md gap-4 p-4" onSubmit={submit}>
        {hasPassword ? (
          <TextField
            label="Current password"
            name="current"
            type="password"
            autoComplete="current-password"
            error={fields?.current}
            required
          />
        ) : null}
        <TextField
          label="New password"
          name="password"
          type="password"
          autoComplete="new-password"
          hint="At least 12 characters, and hard to guess. You are signed out everywhere else."
          minLength={12}
          maxLength={256}
          error={fields?.password}
          required
        />
        {fields?.current || fields?.password ? null : <Problem problem={change.problem} />}
        {change.isSuccess ? (
          <Notice tone="pass" live>
            The password is changed.
          </Notice>
        ) : null}
        <Button type="submit" className="justify-self-start" busy={change.isPending}>
          {hasPassword ? "Change the password" : "Set a password"}
        </Button>
      </form>
    </Panel>
  )
}

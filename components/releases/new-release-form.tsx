"use client"
import { useMutation } from "@tanstack/react-query"
import Link from "next/link"
import { useRouter } from "next/navigation"
import { type FormEvent, useState } from "react"
import { Button } from "@/components/ui/button"
import { TextField } from "@/components/ui/field"
import { Problem } from "@/components/ui/problem"
import { ApiProblem, request } from "@/lib/client/api"

const fields = ["service", "environment", "version", "ref", "name"] as const

/** Service, environment, version and ref; refusals come back to the field that they are about. */
export function NewReleaseForm({ services, environments }: { services: string[]; environments: string[] }) {
  const router = useRouter()
  const [ref, setRef] = useState<string | null>(null)
  const [version, setVersion] = useState("")
  const create = useMutation({
    mutationFn: (body: Record<string, string>) => request<{ release: { id: string } }>("POST", "/releases", body),
    retry: false,
    networkMode: "always",
    onSuccess: ({ release }) => router.push(`/releases/${release.id}/checklist`),
  })
  const problem = create.error instanceof ApiProblem ? create.error : null
  const errors = problem?.fields ?? {}
  const elsewhere = problem && !fields.some((field) => errors[field])

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const body = Object.fromEntries(fields.map((field) => [field, String(form.get(field) ?? "").trim()]))
    if (!body.name) delete body.name
    create.mutate(body as Record<string, string>)
  }

  return (
    <form onSubmit={submit} className="grid gap-4 rounded-xl border bg-surface p-5">
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          name="service"
          label="Service"
          hint="Its key"
          list="services"
          defaultValue={services.length === 1 ? services[0] : "postd"}
          error={errors.service}
          required
        />
        <TextField
          name="environment"
          label="Environment"
          hint="Its key"
          list="environments"
          defaultValue={environments.length === 1 ? environments[0] : "production"}
          error={errors.environment}
          required
        />
      </div>
      <datalist id="services">
        {services.map((key) => (
          <option key={key} value={key} />
        ))}
      </datalist>
      <datalist id="environments">
        {environments.map((key) => (
          <option key={key} value={key} />
        ))}
      </datalist>
      <TextField
        name="version"
        label="Version"
        placeholder="1.1.0"
        value={version}
        onChange={(event) => setVersion(event.target.value)}
        error={errors.version}
        maxLength={80}
        required
      />
      <TextField
        name="ref"
        label="Git ref"
        hint="The branch, tag or commit that is deployed. It is resolved to a commit now."
        placeholder="v1.1.0"
        value={ref ?? (version ? `v${version}` : "")}
        onChange={(event) => setRef(event.target.value)}
        error={errors.ref}
        className="font-mono"
        maxLength={200}
        required
      />
      <TextField
        name="name"
        label="Name (optional)"
        hint="Left out: the service and the version."
        error={errors.name}
        maxLength={120}
      />
      {elsewhere ? <Problem problem={problem} /> : null}
      <div className="flex justify-end gap-2">
        <Button asChild>
          <Link href="/">Cancel</Link>
        </Button>
        <Button type="submit" tone="primary" busy={create.isPending}>
          Create release
        </Button>
      </div>
    </form>
  )
}

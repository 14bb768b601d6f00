"use client"
import { useQuery } from "@tanstack/react-query"
import { Plus } from "lucide-react"
import Link from "next/link"
import { useState } from "react"
import { StatusMark } from "@/components/status/status-mark"
import { Button } from "@/components/ui/button"
import { Notice } from "@/components/ui/notice"
import { Panel } from "@/components/ui/panel"
import { request } from "@/lib/client/api"
import { MissingSecrets } from "./missing-secrets"
import { missingOf, type Overview, type ReferenceInfo, type SecretInfo, secretsPath } from "./overview"
import { SecretDialog } from "./secret-dialog"
import { SecretRow } from "./secret-row"

/** One environment with its secrets. */
export function EnvironmentPanel({ overview }: { overview: Overview }) {
  const { service, environment, known } = overview
  return (
    <Panel
      title={
        <Link
          href={`/settings/environments/${service.key}/${environment.key}`}
          className="underline underline-offset-2"
        >
          {service.name} {environment.name}
        </Link>
      }
      aside={
        <>
          {environment.locked ? <StatusMark look={{ tone: "warn", word: "Locked" }} /> : null}
          <span className="font-mono">{environment.strategy}</span>
        </>
      }
    >
      <p className="break-all border-b px-4 py-2.5 font-mono text-ink-2 text-xs">{environment.baseUrl}</p>
      {known ? (
        <Secrets overview={overview} first={known.secrets} references={known.references} />
      ) : (
        <p className="px-4 py-3 text-ink-2 text-sm">Your roles do not let you see which secrets it has.</p>
      )}
    </Panel>
  )
}

/** `name` of the dialog: null while it is closed, empty for a new secret. */
function Secrets({
  overview,
  first,
  references,
}: {
  overview: Overview
  first: SecretInfo[]
  references: ReferenceInfo[]
}) {
  const path = secretsPath(overview)
  const [setting, setSetting] = useState<string | null>(null)
  const { data, error, refetch } = useQuery({
    queryKey: ["secrets", path],
    queryFn: ({ signal }) => request<{ secrets: SecretInfo[] }>("GET", path, undefined, signal),
    initialData: { secrets: first },
    staleTime: 10_000,
    retry: 1,
  })
  const { secrets } = data
  return (
    <>
      {error ? (
        <Notice tone="fail" className="m-4">
          {error.message}
        </Notice>
      ) : null}
      <MissingSecrets
        missing={missingOf(secrets, references)}
        where={overview.environment.name}
        onAdd={overview.mayChange ? setSetting : null}
      />
      {secrets.length > 0 ? (
        <ul className="divide-y" data-testid="secrets">
          {secrets.map((secret) => (
            <SecretRow
              key={secret.name}
              secret={secret}
              path={path}
              usedBy={references.filter(({ name }) => name === secret.name).map(({ by }) => by)}
              onReplace={overview.mayChange ? () => setSetting(secret.name) : null}
              onRemoved={() => void refetch()}
            />
          ))}
        </ul>
      ) : (
        <p className="px-4 py-3 text-ink-2 text-sm">
          No secret yet. Checks and steps ask for one as {"{{secret.NAME}}"}.
        </p>
      )}
      {overview.mayChange ? (
        <div className="border-t px-4 py-3">
          <Button onClick={() => setSetting("")} data-testid="add-secret">
            <Plus aria-hidden /> Add a secret
          </Button>
        </div>
      ) : null}
      {setting === null ? null : (
        <SecretDialog
          path={path}
          name={setting}
          isNew={!secrets.some(({ name }) => name === setting)}
          where={`${overview.service.name} ${overview.environment.name}`}
          onClose={() => setSetting(null)}
          onSet={() => {
            setSetting(null)
            void refetch()
          }}
        />
      )}
    </>
  )
}

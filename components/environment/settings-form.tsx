"use client"
import { useState } from "react"
import { Field as SettingField } from "@/components/schema-form/schema-form"
import { Button } from "@/components/ui/button"
import { TextArea, TextField } from "@/components/ui/field"
import { Problem } from "@/components/ui/problem"
import { useToast } from "@/components/ui/toaster"
import { putConfig } from "@/lib/client/environment-query"
import { useWrite } from "@/lib/client/use-write"
import type { EnvironmentView } from "@/lib/contracts/api/environments"
import { ConnectionTest } from "./connection-test"
import { KindFields } from "./kind-fields"
import type { Kinds } from "./kinds"

type Config = NonNullable<EnvironmentView["config"]>

/** How an environment is reached, deployed and put into maintenance. Runs under way keep what they began with. */
export function SettingsForm({
  place,
  zone,
  config,
  revision,
  kinds,
  onSaved,
}: {
  place: { service: string; environment: string }
  zone: string
  config: Config
  revision: number
  kinds: Kinds
  onSaved(): void
}) {
  const [draft, setDraft] = useState(config)
  const toast = useToast()
  const [strategiesKept] = useState(() => new Map<string, Record<string, unknown>>())
  const [maintenanceKept] = useState(() => new Map<string, Record<string, unknown>>())
  const save = useWrite(
    () => putConfig(place, { revision, config: draft }),
    () => {
      toast({ message: "Settings saved. What is under way keeps those that it began with." })
      onSaved()
    },
  )
  const faults = save.problem?.fields ?? {}
  const change = (part: Partial<Config>) => {
    setDraft((now) => ({ ...now, ...part }))
  }
  return (
    <form
      className="grid gap-5"
      data-testid="environment-settings"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label="Address"
          hint="What users open; checks and probes go here."
          value={draft.baseUrl}
          error={faults["config.baseUrl"]}
          onChange={(event) => change({ baseUrl: event.target.value })}
          spellCheck={false}
          required
        />
        <TextField
          label="Repository"
          hint="A folder or an address that git understands."
          value={draft.repository}
          error={faults["config.repository"]}
          onChange={(event) => change({ repository: event.target.value })}
          spellCheck={false}
          required
        />
      </div>
      <KindFields
        label="Strategy"
        kinds={kinds.strategies}
        value={draft.strategy}
        kept={strategiesKept}
        path="config.strategy"
        faults={faults}
        onChange={(strategy) => change({ strategy })}
      />
      <KindFields
        label="Maintenance"
        kinds={kinds.maintenance}
        value={draft.maintenance}
        kept={maintenanceKept}
        path="config.maintenance"
        faults={faults}
        onChange={(maintenance) => change({ maintenance })}
      />
      <TextArea
        label="What users are told during maintenance"
        value={draft.maintenance.message}
        error={faults["config.maintenance.message"]}
        onChange={(event) => change({ maintenance: { ...draft.maintenance, message: event.target.value } })}
        rows={2}
        required
      />
      <SettingField
        name="askService"
        schema={{
          type: "boolean",
          description: "After turning maintenance on, ask the service as a user would: only a 503 counts.",
          default: true,
        }}
        required
        value={draft.maintenance.askService}
        faults={faults}
        path="config.maintenance.askService"
        onChange={(asked) => change({ maintenance: { ...draft.maintenance, askService: asked !== false } })}
      />
      <SettingField
        name="flags"
        schema={{
          description:
            "Feature flags that may be turned during a release: `key`, `title`, `kind` (unleash, launchdarkly, http, env-file) and the kind’s `config`.",
        }}
        required={false}
        value={draft.flags.length > 0 ? draft.flags : undefined}
        faults={faults}
        path="config.flags"
        onChange={(flags) => change({ flags: (flags ?? []) as Config["flags"] })}
      />
      <SettingField
        name="revert"
        schema={{
          description:
            'Lets commits be taken back from here: `{ "mode": "branch", "base": "main" }`, or `"mode": "main"` to push onto the base, too.',
        }}
        required={false}
        value={draft.revert ?? undefined}
        faults={faults}
        path="config.revert"
        onChange={(revert) => change({ revert: (revert ?? null) as Config["revert"] })}
      />
      <SettingField
        name="sources"
        schema={{
          description:
            "Where figures come from besides the console's own requests: `kind` (prometheus, datadog, sentry) and the kind’s `config`. The first that measures a metric is asked for it.",
        }}
        required={false}
        value={draft.sources.length > 0 ? draft.sources : undefined}
        faults={faults}
        path="config.sources"
        onChange={(sources) => change({ sources: (sources ?? []) as Config["sources"] })}
      />
      <SettingField
        name="forge"
        schema={{
          description:
            "Who hosts the repository and is told of each deployment: `kind` (github, gitlab) and the kind’s `config`.",
        }}
        required={false}
        value={draft.forge ?? undefined}
        faults={faults}
        path="config.forge"
        onChange={(forge) => change({ forge: (forge ?? null) as Config["forge"] })}
      />
      <SettingField
        name="vars"
        schema={{
          type: "object",
          additionalProperties: { type: "string" },
          description:
            "Values for steps and checks, as {{env.vars.NAME}}. No secrets here: those have a place of their own.",
        }}
        required={false}
        value={draft.vars}
        faults={faults}
        path="config.vars"
        onChange={(vars) => change({ vars: (vars ?? {}) as Config["vars"] })}
      />
      <SettingField
        name="allowPrivateNetwork"
        schema={{
          type: "boolean",
          description: "Checks and platforms on this machine or in this network may be reached.",
          default: false,
        }}
        required
        value={draft.allowPrivateNetwork}
        faults={faults}
        path="config.allowPrivateNetwork"
        onChange={(allowed) => change({ allowPrivateNetwork: allowed === true })}
      />
      <Problem problem={save.problem} />
      <div className="flex flex-wrap items-center gap-2 border-t pt-4">
        <div className="min-w-0 flex-1 basis-72">
          <ConnectionTest place={place} zone={zone} config={draft} last={null} />
        </div>
        <Button type="submit" tone="primary" busy={save.isPending}>
          Save settings
        </Button>
      </div>
    </form>
  )
}

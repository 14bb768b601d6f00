"use client"
import { useQueryClient } from "@tanstack/react-query"
import { type FormEvent, useId, useState } from "react"
import { SchemaForm } from "@/components/schema-form/schema-form"
import { Button } from "@/components/ui/button"
import { Checkbox } from "@/components/ui/checkbox"
import { Dialog } from "@/components/ui/dialog"
import { SelectField, TextField } from "@/components/ui/field"
import { Problem } from "@/components/ui/problem"
import { useToast } from "@/components/ui/toaster"
import { channelsQuery, createChannel, updateChannel } from "@/lib/client/channels-query"
import { useWrite } from "@/lib/client/use-write"
import type { ChannelView } from "@/lib/contracts/api/channels"
import { configToSend, type SecretEntries, splitSchema } from "./channel-settings"
import type { ChannelKind } from "./kinds"
import { SecretField } from "./secret-field"

/** A channel's settings, new or changed: the form is made of its kind's schema, secrets are written and never shown. */
export function ChannelDialog({
  service,
  kinds,
  channel,
  onStale,
  onClose,
}: {
  service: string
  kinds: ChannelKind[]
  channel: ChannelView | null
  onStale(current: ChannelView): void
  onClose(): void
}) {
  const client = useQueryClient()
  const toast = useToast()
  const privateId = useId()
  const [kindName, setKindName] = useState(channel?.kind ?? kinds[0]?.kind ?? "")
  const [name, setName] = useState(channel?.name ?? "")
  const [plain, setPlain] = useState<Record<string, unknown>>(channel?.config ?? {})
  const [secrets, setSecrets] = useState<SecretEntries>({})
  const [allowPrivateNetwork, setAllowPrivateNetwork] = useState(channel?.allowPrivateNetwork ?? false)
  const kind = kinds.find((one) => one.kind === kindName)
  const save = useWrite(
    () => {
      const config = configToSend(plain, secrets)
      return channel
        ? updateChannel(
            { service, channelId: channel.id },
            { revision: channel.revision, name, config, allowPrivateNetwork },
          )
        : createChannel(service, { kind: kindName, name, config, allowPrivateNetwork })
    },
    ({ channel: saved }) => {
      toast({ message: channel ? `${saved.name} is saved` : `${saved.name} is there. Say below what it is to tell` })
      onClose()
      return client.invalidateQueries(channelsQuery(service))
    },
  )
  const current = save.problem?.code === "stale" ? (save.problem.detail.current as ChannelView | undefined) : undefined
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  if (!kind) return null
  const faults = save.problem?.fields ?? {}
  const { schema, secretFields } = splitSchema(kind)
  return (
    <Dialog
      open
      shape="drawer"
      className="w-[min(32rem,100vw)]"
      onOpenChange={(open) => open || onClose()}
      title={channel ? `Change ${channel.name}` : "Add a channel"}
    >
      <form className="grid grid-cols-1 gap-4" onSubmit={submit} data-testid="channel-form" noValidate>
        {channel ? (
          <p className="text-ink-2 text-sm">
            {kind.title}. {kind.summary}
          </p>
        ) : (
          <SelectField
            label="Kind"
            hint={kind.summary}
            value={kindName}
            error={faults.kind}
            onChange={(event) => {
              setKindName(event.target.value)
              setPlain({})
              setSecrets({})
              save.reset()
            }}
          >
            {kinds.map((one) => (
              <option key={one.kind} value={one.kind}>
                {one.title}
              </option>
            ))}
          </SelectField>
        )}
        <TextField
          label="Name"
          hint="As it is called in the table of who gets what."
          value={name}
          error={faults.name}
          onChange={(event) => setName(event.target.value)}
          maxLength={80}
          autoComplete="off"
          required
        />
        <SchemaForm key={kind.kind} {...{ schema, faults }} path="config" value={plain} onChange={setPlain} />
        {secretFields.map(({ field, description, required }) => (
          <SecretField
            key={`${kind.kind} ${field}`}
            {...{ field, description, required }}
            isSet={channel?.secretFields.includes(field) ?? false}
            entry={secrets[field]}
            error={faults[`config.${field}`]}
            onChange={(entry) => setSecrets((all) => ({ ...all, [field]: entry }))}
          />
        ))}
        <div className="flex items-start gap-2 text-sm">
          <Checkbox
            id={privateId}
            aria-describedby={`${privateId}-hint`}
            checked={allowPrivateNetwork}
            onCheckedChange={setAllowPrivateNetwork}
          />
          <div className="min-w-0 pt-1">
            <label htmlFor={privateId} className="font-medium text-ink-2">
              May lead into this network
            </label>
            <p id={`${privateId}-hint`} className="text-ink-3 text-xs">
              Without it, nothing is sent to private or loopback addresses.
            </p>
          </div>
        </div>
        <Problem problem={save.problem} />
        <div className="flex flex-wrap justify-end gap-2 border-t pt-4">
          {current ? <Button onClick={() => onStale(current)}>Look at theirs</Button> : null}
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" busy={save.isPending}>
            {channel ? "Save channel" : "Add channel"}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

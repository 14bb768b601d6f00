import { type ChannelView, updateChannelRequest } from "@/lib/contracts/api/channels"
import type { Context } from "@/lib/server/access/context"
import { recordSecurityEvent } from "@/lib/server/access/record-security-event"
import { databaseNow } from "@/lib/server/clock"
import { storable } from "@/lib/server/crypto/storable"
import { type Tx, transaction } from "@/lib/server/db"
import { parseInput } from "@/lib/server/parse-input"
import { done, type Result, refused } from "@/lib/server/result"
import type { Prisma } from "@/prisma/generated/client/client"
import { accessChannel, type ChannelPlace, noSuchChannel } from "./access-channel"
import { findChannelKind } from "./channel-kinds"
import { holdNames, nameIsTaken } from "./name-is-taken"
import { at, parseChannelConfig } from "./parse-channel-config"
import { readChannels } from "./read-channels"
import { refusalWithoutKey } from "./refusal-without-key"
import { openChannel, sealChannel } from "./sealed-channel"

/** Changes a channel's name or settings, turns it on or off. Refusals: stale (`detail.current`), a field at fault. */
export async function updateChannel(
  ctx: Context,
  place: ChannelPlace,
  body: unknown,
): Promise<Result<{ channel: ChannelView }>> {
  const found = await accessChannel(ctx, "channel.edit", place)
  if (!found.ok) return found
  const input = parseInput(updateChannelRequest, body)
  if (!input.ok) return input
  const { service, access, channel } = found.value
  const { revision, config, ...plain } = input.value
  const where = { serviceId: service.id, channelId: channel.id }
  return transaction(async (tx) => {
    if (plain.name !== undefined) await holdNames(tx, service.id)
    const rows = await tx.$queryRaw<LockedRow[]>`
      SELECT id, name, kind, sealed, "keyId", "secretFields", revision, config FROM "Channel"
      WHERE id = ${channel.id}::uuid FOR NO KEY UPDATE`
    const row = rows[0]
    if (!row) return noSuchChannel
    if (row.revision !== revision) {
      const [current] = await readChannels(where, { withConfig: true }, tx)
      return refused("stale", "Somebody else has changed this channel meanwhile.", {
        field: "revision",
        detail: { current },
      })
    }
    const named = { serviceId: service.id, name: plain.name ?? row.name, besides: row.id }
    if (plain.name !== undefined && (await nameIsTaken(tx, named))) return at("name", "another channel is called that")
    const settings = config === undefined ? done(null) : await newSettings(tx, row, config)
    if (!settings.ok) return settings
    await tx.channel.update({
      where: { id: row.id },
      data: {
        ...{ ...plain, ...settings.value?.columns, revision: { increment: 1 } },
        ...{ updatedAt: await databaseNow(tx), updatedByName: access.person.name },
      },
      select: { id: true },
    })
    // Which settings, not what they hold.
    const changed = [...Object.keys(plain), ...(settings.value?.changed ?? [])]
    const data = { service: service.key, channelId: row.id, name: named.name, changed }
    const onOff = plain.enabled === undefined ? {} : { enabled: plain.enabled }
    await recordSecurityEvent(
      { type: "channel.changed", userId: access.person.id, address: ctx.address, data: { ...data, ...onOff } },
      tx,
    )
    const [current] = await readChannels(where, { withConfig: true }, tx)
    return current ? done({ channel: current }) : noSuchChannel
  })
}

interface LockedRow {
  id: string
  name: string
  kind: string
  sealed: Uint8Array | null
  keyId: string | null
  secretFields: string[]
  revision: number
  config: unknown
}

async function newSettings(tx: Tx, row: LockedRow, given: Record<string, unknown>) {
  const definition = findChannelKind(row.kind)
  if (!definition) return refused("conflict", `This console knows no channel of the kind "${row.kind}" any more.`)
  const opened = await openChannel(row)
  const keeps = row.secretFields.filter((field) => given[field] === undefined)
  // What nobody can read any more can be set anew, and nothing of it kept.
  if (!opened.ok && keeps.length > 0) return at(`config.${keeps[0]}`, `${opened.why} Enter it anew.`)
  const kept = opened.ok ? opened.fields : {}
  const parsed = parseChannelConfig(definition, given, kept)
  if (!parsed.ok) return parsed
  const { config, secrets } = parsed.value
  const locked = await refusalWithoutKey(secrets)
  if (locked) return locked
  const before = (row.config ?? {}) as Record<string, unknown>
  const plain = [...new Set([...Object.keys(before), ...Object.keys(config)])].filter(
    (key) => JSON.stringify(before[key]) !== JSON.stringify(config[key]),
  )
  const sealed = [...new Set([...Object.keys(kept), ...Object.keys(secrets)])].filter(
    (field) => kept[field] !== secrets[field],
  )
  const columns = {
    config: storable(config) as Prisma.InputJsonObject,
    ...(sealed.length > 0 || !opened.ok ? await sealChannel(tx, row.id, secrets) : {}),
  }
  return done({ columns, changed: [...plain, ...sealed].map((field) => `config.${field}`) })
}

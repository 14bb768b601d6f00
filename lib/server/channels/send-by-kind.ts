import { type ChannelDefinition, type ChannelMessage, type ChannelPorts, ChannelRefusal } from "@/lib/channels/contract"
import { channelDefinitions } from "@/lib/channels/definitions.gen"
import { channelSenders } from "@/lib/channels/senders.gen"
import { Redactor } from "@/lib/server/checks/redact"

const SHORTEST_PART = 6

export interface ChannelSettings {
  kind: string
  /** As they are stored, without the secret fields. */
  config: unknown
  secrets: Record<string, string>
}

/** Sends a message through a kind. Rejects with a ChannelRefusal whose words hold none of the secrets. */
export async function sendByKind(
  { kind, config, secrets }: ChannelSettings,
  message: ChannelMessage,
  ports: ChannelPorts,
): Promise<void> {
  const definition = (channelDefinitions as Record<string, ChannelDefinition>)[kind]
  const send = channelSenders[kind as keyof typeof channelSenders]
  if (!definition || !send) throw new ChannelRefusal(`There is no kind of channel called ${kind}`)
  const filled = { ...(config as object), ...secrets }
  const parsed = definition.configSchema.safeParse(filled)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new ChannelRefusal(`The channel’s settings are incomplete: ${issue?.path.join(".")} ${issue?.message}`)
  }
  try {
    await send(parsed.data, message, ports)
  } catch (error) {
    ports.signal.throwIfAborted()
    const words = error instanceof Error ? error.message : String(error)
    const { final, retryAfterMs } = error instanceof ChannelRefusal ? error : { final: false, retryAfterMs: null }
    throw new ChannelRefusal(redactorFor(secrets).text(words), { final, retryAfterMs })
  }
}

/** Also of their parts: one of several that are written into one field, the secret end of an address. */
function redactorFor(secrets: Record<string, string>): Redactor {
  const parts = Object.values(secrets).flatMap((text) => [
    ...[text, ...text.split(/\s+/)],
    ...(URL.canParse(text) ? [new URL(text).pathname, new URL(text).search] : []),
  ])
  return new Redactor(parts.filter((part) => part.length >= SHORTEST_PART))
}

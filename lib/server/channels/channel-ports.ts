import type { ChannelPorts } from "@/lib/channels/contract"
import { findAddress } from "@/lib/server/http/find-address"
import { createPlatformRequest } from "@/lib/server/http/platform-request"
import { writeNotice } from "./write-notice"

/** How long one message may take, whatever the other side does. */
const TIMEOUT_MS = 20_000

export function channelPorts(options: { allowPrivateNetwork: boolean; signal: AbortSignal }): ChannelPorts {
  const { allowPrivateNetwork, signal } = options
  return {
    platform: createPlatformRequest({ allowPrivateNetwork }),
    findAddress: async (host, ended) => (await findAddress(host, { allowPrivateNetwork, signal: ended })).address,
    notice: writeNotice,
    timeoutMs: TIMEOUT_MS,
    signal,
  }
}

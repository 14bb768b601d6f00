import { Redis } from "ioredis"
import { log } from "@/lib/server/log"
import { BELL_CHANNEL, type Bell, backoffMs } from "./bell"

/** Redis pub/sub. While Redis is away nothing is heard, and readers look every few seconds by themselves. */
export function redisBell(url: string): Bell {
  const options = { maxRetriesPerRequest: 1, retryStrategy: backoffMs }
  const publisher = new Redis(url, { ...options, enableOfflineQueue: false, lazyConnect: true })
  publisher.on("error", (error) => log.debug({ err: error }, "the doorbell cannot reach Redis"))
  let connecting: Promise<unknown> | undefined
  let subscriber: Redis | undefined

  return {
    async ring(topics) {
      connecting ??= publisher.connect().catch(() => undefined)
      await connecting
      await Promise.all(topics.map((topic) => publisher.publish(BELL_CHANNEL, topic)))
    },
    listen(onTopic) {
      subscriber = new Redis(url, { ...options, maxRetriesPerRequest: null })
      subscriber.on("error", (error) => log.debug({ err: error }, "the doorbell's connection to Redis was lost"))
      subscriber.on("message", (_channel: string, topic: string) => onTopic(topic))
      // Fires after every connect, the first one and those after a loss.
      subscriber.on("ready", () => onTopic(null))
      subscriber.subscribe(BELL_CHANNEL).catch(() => undefined)
    },
    async close() {
      publisher.disconnect()
      subscriber?.disconnect()
    },
  }
}

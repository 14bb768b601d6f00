import { Redis } from "ioredis"

/** Milliseconds from publish to message, over raw Redis pub/sub: the floor that the live path is compared with. */
export async function measureRedisPubSub(url: string, messages: number): Promise<number[]> {
  const publisher = new Redis(url)
  const subscriber = new Redis(url)
  const sentAt: number[] = []
  const took: number[] = []
  await subscriber.subscribe("bench")
  const all = new Promise<void>((resolve) => {
    subscriber.on("message", (_channel: string, message: string) => {
      const n = Number(message)
      took.push(performance.now() - (sentAt[n] ?? 0))
      if (took.length === messages) resolve()
    })
  })
  for (let n = 0; n < messages; n += 1) {
    sentAt[n] = performance.now()
    await publisher.publish("bench", String(n))
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  await all
  publisher.disconnect()
  subscriber.disconnect()
  return took
}

import pg from "pg"
import { databasePool } from "@/lib/server/db"
import { env } from "@/lib/server/env"
import { log } from "@/lib/server/log"
import { BELL_CHANNEL, type Bell, backoffMs } from "./bell"

/** LISTEN/NOTIFY: one connection of its own to listen on, made again when it breaks. */
export function postgresBell(): Bell {
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined
  let closed = false
  let attempt = 0

  function connect(onTopic: (topic: string | null) => void): void {
    const next = new pg.Client({
      connectionString: env().DATABASE_URL,
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
      application_name: "golive-doorbell",
    })
    let broken = false
    const again = (error?: Error) => {
      if (broken) return
      broken = true
      next.end().catch(() => undefined)
      if (closed) return
      if (error) log.warn({ err: error }, "the doorbell's connection was lost")
      timer = setTimeout(() => connect(onTopic), backoffMs(attempt++))
    }
    next.on("error", again)
    next.on("end", () => again())
    next.on("notification", (message) => onTopic(message.payload ?? null))
    client = next
    next
      .connect()
      .then(() => next.query(`LISTEN ${BELL_CHANNEL}`))
      .then(() => {
        attempt = 0
        onTopic(null)
      })
      .catch(again)
  }

  return {
    async ring(topics) {
      await databasePool().query("SELECT pg_notify($1, topic) FROM unnest($2::text[]) AS topic", [BELL_CHANNEL, topics])
    },
    listen: connect,
    async close() {
      closed = true
      clearTimeout(timer)
      await client?.end().catch(() => undefined)
    },
  }
}

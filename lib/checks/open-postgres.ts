import { isIP, Socket } from "node:net"
import { setTimeout as delay } from "node:timers/promises"
import pg from "pg"
import { NO_TLS, postgresFault } from "./postgres-fault"
import type { PostgresPlace } from "./postgres-url"
import type { TimeLimit } from "./time-limit"
import { Unmet } from "./unmet"

export interface PostgresConnection {
  client: pg.Client
  encrypted: boolean
  /** Says goodbye; does not wait long for an answer. */
  close(): Promise<void>
}

const GOODBYE_MS = 500
const MOST_BYTES = 32 * 1024 * 1024
const LOOK_EVERY_MS = 20

/**
 * One connection to a literal address, signed in. Rejects with Unmet where the server is known not to let it in, with an
 * Error in words where nothing is known, and with the limit's reason.
 */
export async function openPostgres(
  place: PostgresPlace,
  address: string,
  limit: TimeLimit,
): Promise<PostgresConnection> {
  if (place.tls !== "prefer") return open(place, address, place.tls, limit)
  try {
    return await open(place, address, "require", limit)
  } catch (error) {
    if (error instanceof Unmet && error.expectation.actual === NO_TLS) return open(place, address, "off", limit)
    throw error
  }
}

async function open(
  place: PostgresPlace,
  address: string,
  tls: "off" | "require" | "verify",
  limit: TimeLimit,
): Promise<PostgresConnection> {
  limit.signal.throwIfAborted()
  const socket = new Socket()
  const client = new pg.Client({
    ...{ host: address, port: place.port, user: place.user, database: place.database },
    // A function, because for an empty password the driver looks into the environment and into files.
    password: () => place.password ?? "",
    ssl: tls === "off" ? false : sslOf(place, tls),
    sslnegotiation: "postgres",
    enableChannelBinding: place.channelBinding && tls !== "off",
    application_name: "golive-check",
    stream: () => socket,
    // Every value as the server wrote it.
    types: { getTypeParser: () => asText },
  })
  // Said in full here: the driver would add what PGOPTIONS and the like say.
  Object.assign(client, {
    getStartupConf: () => ({
      ...{ user: place.user, database: place.database },
      ...{ application_name: "golive-check", client_encoding: "UTF8" },
    }),
  })
  client.on("error", () => undefined)
  const cut = () => void socket.destroy(new Error("the time is over"))
  const watch = setInterval(() => {
    if (socket.bytesRead > MOST_BYTES) socket.destroy(new Error("The answer is larger than 32 MB: ask for less"))
  }, LOOK_EVERY_MS)
  limit.signal.addEventListener("abort", cut, { once: true })
  socket.once("close", () => {
    clearInterval(watch)
    limit.signal.removeEventListener("abort", cut)
  })
  const connecting = client.connect()
  connecting.catch(() => undefined)
  try {
    await limit.within(connecting)
  } catch (error) {
    cut()
    limit.signal.throwIfAborted()
    throw postgresFault(error, place)
  }
  return {
    client,
    encrypted: tls !== "off",
    close: async () => {
      const calm = new AbortController()
      const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()))
      client.end().catch(() => undefined)
      if (!socket.closed) {
        await Promise.race([closed, delay(GOODBYE_MS, undefined, { signal: calm.signal }).catch(() => undefined)])
      }
      calm.abort()
      cut()
    },
  }
}

function asText(value: string): string {
  return value
}

function sslOf({ host, ca }: PostgresPlace, tls: "require" | "verify") {
  return {
    rejectUnauthorized: tls === "verify",
    // An address is no name to ask for; certificates are compared with it all the same.
    ...(isIP(host) ? {} : { servername: host }),
    ...(tls === "verify" && ca ? { ca } : {}),
  }
}

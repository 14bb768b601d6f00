import { isIP } from "node:net"
import { Redis } from "ioredis"
import { sayDuration } from "./duration"
import { shortPrintable } from "./printable"
import type { RedisPlace } from "./redis-url"
import type { TimeLimit } from "./time-limit"
import { socketUnmet, Unmet } from "./unmet"

/** All that is ever asked: nothing here changes a key. */
export type RedisQuestion =
  | ["PING"]
  | ["TIME"]
  | ["INFO"]
  | ["CLIENT", "LIST"]
  | ["EXISTS" | "TYPE" | "STRLEN" | "LLEN" | "ZCARD", string]
  | ["GETRANGE" | "LRANGE" | "ZRANGE", string, number, number]
  | ["HMGET", string, ...string[]]

export interface RedisConnection {
  ask(...question: RedisQuestion): Promise<unknown>
  /** A password was given, and the server asks for none. */
  passwordIgnored: boolean
  close(): void
}

const MOST_BYTES = 32 * 1024 * 1024
const LOOK_EVERY_MS = 20

/**
 * One connection to a literal address, signed in. Rejects with Unmet where the server is known not to let it in, with an
 * Error in words where nothing is known, and with the limit's reason. Answers reject in the same way.
 */
export async function openRedis(place: RedisPlace, address: string, limit: TimeLimit): Promise<RedisConnection> {
  limit.signal.throwIfAborted()
  const redis = new Redis({
    ...{ host: address, port: place.port, family: isIP(address), lazyConnect: true },
    ...(place.tls === "off" ? {} : { tls: tlsOf(place, place.tls) }),
    // Once: no second connection, no waiting, no questions that the driver would ask by itself.
    ...{ retryStrategy: () => null, reconnectOnError: null, maxRetriesPerRequest: 0, enableOfflineQueue: false },
    ...{ enableReadyCheck: false, disableClientInfo: true, autoResubscribe: false, protocol: 2 },
    connectTimeout: limit.leftMs() + 1_000,
  })
  let fault: unknown = null
  redis.on("error", (error) => {
    fault ??= error
  })
  const close = () => {
    clearInterval(watch)
    limit.signal.removeEventListener("abort", close)
    redis.disconnect()
    // A goodbye that nobody answers would keep the socket for a while.
    redis.stream?.destroy()
  }
  const watch = setInterval(() => {
    if ((redis.stream?.bytesRead ?? 0) <= MOST_BYTES) return
    fault ??= new Error("The answer is larger than 32 MB")
    close()
  }, LOOK_EVERY_MS)
  limit.signal.addEventListener("abort", close, { once: true })
  const call = async (command: string, ...args: (string | number)[]) => {
    try {
      return await limit.within(redis.call(command, ...args))
    } catch (error) {
      limit.signal.throwIfAborted()
      throw redisFault(fault ?? error, command, place)
    }
  }
  try {
    await limit.within(redis.connect()).catch((error: unknown) => {
      limit.signal.throwIfAborted()
      throw redisFault(fault ?? error, "", place)
    })
    const passwordIgnored = await signIn(call, place, limit)
    if (place.database > 0) await call("SELECT", place.database)
    return { ask: (...[command, ...args]) => call(command, ...args), passwordIgnored, close }
  } catch (error) {
    close()
    throw error
  }
}

type Call = (command: string, ...args: (string | number)[]) => Promise<unknown>

/** Left to the driver, it would write to the console what it thinks of the password. */
async function signIn(call: Call, { user, password }: RedisPlace, limit: TimeLimit): Promise<boolean> {
  if (password === null) return false
  try {
    await call("AUTH", ...(user === null ? [password] : [user, password]))
    return false
  } catch (error) {
    limit.signal.throwIfAborted()
    if (error instanceof Error && error.message === NO_PASSWORD_ASKED) return true
    throw error
  }
}

const NO_PASSWORD_ASKED = "The server asks for no password"

function redisFault(error: unknown, command: string, { host, user }: RedisPlace): Error {
  if (error instanceof Unmet) return error
  const unmet = socketUnmet(error, host)
  if (unmet) return unmet
  const message = error instanceof Error ? error.message : String(error)
  if (/without any password configured|no password is set/i.test(message)) return new Error(NO_PASSWORD_ASKED)
  if (/^NOAUTH\b/.test(message)) return new Error("The server asks for a password, and the address holds none")
  if (/^NOPERM\b/.test(message))
    return new Error(`The user ${user ?? "default"} may not ask: ${shortPrintable(message)}`)
  if (/^Connection is closed|^Stream isn't writeable|^Connection closed/.test(message)) {
    return new Unmet("Connection", "open", "the connection was closed")
  }
  if (/^Protocol error|^Unknown RESP type/.test(message)) {
    return new Unmet("Connection", "open", "what answers does not speak Redis")
  }
  if (/^(LOADING|MASTERDOWN|BUSY|DENIED|CLUSTERDOWN|TRYAGAIN|MISCONF)\b|max number of clients/.test(message)) {
    // After an AUTH only the first word is repeated: nobody knows what a server writes into the others.
    return new Unmet(
      "Answer",
      "an answer",
      command === "AUTH" ? (message.split(" ")[0] ?? "") : shortPrintable(message),
    )
  }
  if (command === "AUTH") return new Unmet("Sign-in", `${user ?? "default"} is let in`, "user name or password refused")
  if (command === "SELECT") return new Unmet("Database", "exists", shortPrintable(message))
  return new Error(shortPrintable(message), { cause: error })
}

function tlsOf({ host, ca }: RedisPlace, tls: "require" | "verify") {
  return {
    rejectUnauthorized: tls === "verify",
    ...(isIP(host) ? {} : { servername: host }),
    ...(tls === "verify" && ca ? { ca } : {}),
  }
}

/** Lines of `INFO` by name. */
export function readInfo(text: string): Map<string, string> {
  const lines = text.split(/\r?\n/).filter((line) => line.includes(":") && !line.startsWith("#"))
  return new Map(lines.map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1)]))
}

/** The server's own clock. */
export async function redisTimeMs({ ask }: RedisConnection): Promise<number> {
  const [seconds, micros] = (await ask("TIME")) as [string, string]
  const ms = Number(seconds) * 1_000 + Math.floor(Number(micros) / 1_000)
  if (!Number.isFinite(ms)) throw new Error("The server does not say what time it is")
  return ms
}

/** How long ago, for people. */
export function sayAge(ms: number): string {
  const days = Math.floor(ms / 86_400_000)
  const hours = Math.floor(ms / 3_600_000)
  return days >= 2 ? `${days} days` : hours >= 2 ? `${hours} h` : sayDuration(Math.max(0, ms))
}

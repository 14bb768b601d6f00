import pg from "pg"
import type { PostgresPlace } from "./postgres-url"
import { shortPrintable } from "./printable"
import { socketUnmet, Unmet } from "./unmet"

export const NO_TLS = "the server offers none"

/** Why there is no connection: Unmet where the server is known to refuse it, else an Error in words. */
export function postgresFault(error: unknown, place: PostgresPlace): Error {
  if (error instanceof Unmet) return error
  const message = error instanceof Error ? error.message : String(error)
  const wantsPassword = /^SASL: .*password must be/.test(message)
  const code = error instanceof pg.DatabaseError ? error.code : undefined
  if (place.password === null && (wantsPassword || code === "28P01")) {
    return new Error("The server asks for a password, and the address holds none")
  }
  if (code === "28P01") return new Unmet("Sign-in", `${place.user} is let in`, "user name or password refused")
  if (code === "3D000") return new Unmet("Database", place.database, "does not exist")
  if (error instanceof pg.DatabaseError) {
    const what = code?.startsWith("28") ? "Sign-in" : "Connection"
    return new Unmet(what, what === "Sign-in" ? `${place.user} is let in` : "open", shortPrintable(message))
  }
  if (message === "The server does not support SSL connections") {
    return new Unmet("TLS", "agreed on", NO_TLS)
  }
  if (message === "There was an error establishing an SSL connection") {
    return new Unmet("Connection", "open", "what answers does not speak PostgreSQL")
  }
  const unmet = socketUnmet(error, place.host)
  if (unmet) return unmet
  if (/^Connection terminated/.test(message)) return new Unmet("Connection", "open", "the connection was closed")
  return new Error(shortPrintable(message), { cause: error })
}

/** The thing that was to be asked is not there. */
const MISSING = new Set(["42P01", "42703", "42883", "3F000"])

/** Why a question got no answer: Unmet where that is a finding about the server, else an Error in words. */
export function questionFault(error: unknown, place: PostgresPlace, timeoutWords: string): Error {
  if (!(error instanceof pg.DatabaseError)) return postgresFault(error, place)
  const said = shortPrintable(error.message)
  if (error.code === "57014") return new Unmet("Answer", `within ${timeoutWords}`, `none within ${timeoutWords}`)
  if (MISSING.has(error.code ?? "")) return new Unmet("Answer", "an answer", said)
  // What does not fit the statement is the question's fault, though its code is one of the connection's.
  if (error.code === "08P01") return new Error(`The server refuses the question: ${said}`)
  // 08: connection, 53: out of something, 57: shut down, 58: the system below, XX: broken inside.
  if (/^(08|53|57|58|XX)/.test(error.code ?? "")) return new Unmet("Answer", "an answer", said)
  return new Error(`The server refuses the question: ${said}`)
}

import { constants, type X509Certificate } from "node:crypto"
import { isIP } from "node:net"
import { connect, type TLSSocket } from "node:tls"
import type { TlsVersion } from "./definition"

/**
 * `refused`: the server took the offer and declined. `unreachable`: there was no server to make it to. `no tls`: what
 * answered speaks something else. `silent`: no answer in time. `unknown`: it went wrong on this side.
 */
export type Handshake =
  | {
      state: "done"
      protocol: string
      cipher: string
      /** Null where the server showed none. */
      certificate: X509Certificate | null
      /** What OpenSSL has against the chain; null if nothing. Names are not looked at. */
      chainFault: string | null
    }
  | { state: "refused" | "unreachable" | "no tls" | "silent" | "unknown"; words: string }

export interface Offer {
  address: string
  family: 4 | 6
  port: number
  servername: string
  ca?: string
  timeoutMs: number
  signal: AbortSignal
  /** This version and no other. Left out: what a client of today offers. */
  only?: TlsVersion
}

/** One handshake; the connection is gone when it is over. Rejects with the signal's reason. */
export function shakeHands({
  address,
  family,
  port,
  servername,
  ca,
  timeoutMs,
  signal,
  only,
}: Offer): Promise<Handshake> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    let connected = false
    const socket = connect({
      ...{ host: address, family, port, ca },
      // An address is no name to ask for.
      servername: isIP(servername) ? "" : servername,
      // Everything is to be seen, also what is not good; it is judged afterwards.
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
      ...(only ? onlyVersion(only) : {}),
    })
    const end = (settle: () => void) => {
      clearTimeout(timer)
      signal.removeEventListener("abort", stop)
      // What comes after the end is nobody's concern, but must not go unheard.
      socket.removeAllListeners("error").on("error", () => undefined)
      settle()
      socket.destroy()
    }
    const stop = () => end(() => reject(signal.reason))
    const timer = setTimeout(() => end(() => resolve({ state: "silent", words: silence(connected) })), timeoutMs)
    signal.addEventListener("abort", stop, { once: true })
    socket.once("connect", () => {
      connected = true
    })
    socket.once("secureConnect", () => end(() => resolve(whatWasAgreed(socket))))
    socket.once("error", (error: OpensslError) => end(() => resolve(wordsOf(error, connected))))
  })
}

/** Clients of today would not even make such an offer: old versions need ciphers and signatures that count as broken. */
function onlyVersion(version: TlsVersion) {
  return {
    minVersion: version,
    maxVersion: version,
    ciphers: "ALL:@SECLEVEL=0",
    secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT,
  }
}

const silence = (connected: boolean) => (connected ? "no TLS handshake" : "no answer")

function whatWasAgreed(socket: TLSSocket): Handshake {
  const chainFault: unknown = socket.authorizationError
  return {
    state: "done",
    protocol: socket.getProtocol() ?? "unknown",
    cipher: socket.getCipher().standardName || socket.getCipher().name,
    certificate: socket.getPeerX509Certificate() ?? null,
    chainFault: chainFault ? String(chainFault instanceof Error ? chainFault.message : chainFault) : null,
  }
}

type OpensslError = NodeJS.ErrnoException & { reason?: string }

const UNREACHABLE: Record<string, string> = {
  ECONNREFUSED: "connection refused",
  EHOSTUNREACH: "the host cannot be reached",
  ENETUNREACH: "the network cannot be reached",
  ETIMEDOUT: "no answer",
}

function wordsOf({ code = "", reason, message }: OpensslError, connected: boolean): Handshake {
  const unreachable = UNREACHABLE[code]
  if (!connected) return { state: "unreachable", words: unreachable ?? `no connection (${code || message})` }
  if (code === "ECONNRESET" || code === "EPIPE") return { state: "refused", words: "the connection was closed" }
  if (/^ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|RECORD_LAYER_FAILURE)$/.test(code)) {
    return { state: "no tls", words: "what answers does not speak TLS" }
  }
  const words = (reason ?? message).split("\n")[0]?.slice(0, 200) ?? ""
  // An alert is what the other side sent. The other one is its answer in a version that was not offered.
  if (/_ALERT_/.test(code) || code === "ERR_SSL_UNSUPPORTED_PROTOCOL") return { state: "refused", words }
  return { state: "unknown", words }
}

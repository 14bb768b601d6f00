import { connect, type Socket } from "node:net"
import { createTransport } from "nodemailer"
import { type ChannelPorts, ChannelRefusal, type Send } from "../contract"
import { oneLine, shortened } from "../parts/rendered"
import { compose } from "./compose"
import { type EmailConfig, emailConfigSchema } from "./definition"

const SAID_CHARS = 300
/** How nodemailer tells a server that wants other credentials, or none at all. */
const CREDENTIALS = [530, 534, 535, 538]

interface SmtpFault {
  message: string
  code?: string
  responseCode?: number
  response?: string
}

/** Over a connection of its own, to the address that the fence let through; ended with it, whatever the server does. */
export const send: Send = async (rawConfig, message, ports) => {
  const config = emailConfigSchema.parse(rawConfig)
  const mail = compose(config, message)
  if (mail.to.length === 0) throw new ChannelRefusal("Nobody is left to be told: the list is empty", { final: true })
  const ended = AbortSignal.any([ports.signal, AbortSignal.timeout(ports.timeoutMs)])
  let socket: Socket | undefined
  try {
    socket = await open(config, ports, ended)
    const sent = await orEnd(ended, transportOver(socket, config, message.consoleUrl, ports.timeoutMs).sendMail(mail))
    // Some got it: for the others it is tried again only where that may help; copies carry the same id.
    const { rejectedErrors: refused = [] } = sent as { rejectedErrors?: SmtpFault[] }
    const [first] = refused
    if (first) throw refusalOf(refused.find(({ responseCode = 0 }) => responseCode < 500) ?? first)
  } catch (error) {
    ports.signal.throwIfAborted()
    if (error instanceof ChannelRefusal) throw error
    if (ended.aborted) throw new ChannelRefusal(`The mail server did not answer in ${ports.timeoutMs / 1_000} s`)
    throw refusalOf(error as SmtpFault)
  } finally {
    socket?.destroy()
  }
}

async function open({ host, port }: EmailConfig, ports: ChannelPorts, ended: AbortSignal): Promise<Socket> {
  const address = await ports.findAddress(host, ended)
  const socket = connect({ host: address, port })
  await orEnd(
    ended,
    new Promise<void>((resolve, reject) => {
      socket.once("connect", resolve).once("error", reject)
    }),
  ).catch((error: unknown) => {
    socket.destroy()
    throw error
  })
  return socket
}

function transportOver(socket: Socket, config: EmailConfig, consoleUrl: string, timeoutMs: number) {
  const { host, port, security, ca, username, password } = config
  return createTransport({
    ...{ host, port, secure: security === "tls", requireTLS: security === "starttls", ignoreTLS: security === "none" },
    ...(username ? { auth: { user: username, pass: password ?? "" } } : {}),
    ...(URL.canParse(consoleUrl) ? { name: new URL(consoleUrl).hostname } : {}),
    ...{ connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs },
    tls: { servername: host.replace(/^\[|\]$/g, ""), minVersion: "TLSv1.2", ...(ca ? { ca } : {}) },
    getSocket: (_: unknown, callback: (error: Error | null, found: { connection: Socket }) => void) =>
      callback(null, { connection: socket }),
  })
}

/** The promise, or the signal's reason as soon as it fires. */
async function orEnd<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  signal.throwIfAborted()
  let stop = () => {}
  const end = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason)
    signal.addEventListener("abort", stop, { once: true })
  })
  // Whatever ends first, the other one's end is of no interest.
  promise.catch(() => undefined)
  return Promise.race([promise, end]).finally(() => signal.removeEventListener("abort", stop))
}

function refusalOf({ message, code = "", responseCode = 0, response }: SmtpFault): ChannelRefusal {
  const words = shortened(oneLine(response ?? message), SAID_CHARS)
  if (code === "EAUTH" || CREDENTIALS.includes(responseCode)) {
    return new ChannelRefusal(`The mail server does not take these credentials: ${words}`)
  }
  if (responseCode === 0) return new ChannelRefusal(`The mail server could not be used: ${words}`)
  return new ChannelRefusal(`The mail server did not take it: ${words}`, { final: responseCode >= 500 })
}

import type { AddressInfo } from "node:net"
import { SMTPServer } from "smtp-server"

export const mailPassword = "mail-password-0123456789"

export interface Mail {
  from: string
  to: string[]
  secure: boolean
  /** Names in lower case, folded lines joined. */
  headers: Record<string, string>
  raw: string
}

type Trouble = { code: number; words: string } | "hang" | "drop"

/** A mail server that wants `golive` and its password. `trouble`: what it does to the next mails. */
export async function startMailServer(tls?: { certPem: string; keyPem: string }) {
  const mails: Mail[] = []
  const trouble: Trouble[] = []
  const refusedRecipients = new Map<string, { code: number; words: string }>()
  const server = new SMTPServer({
    ...(tls ? { cert: tls.certPem, key: tls.keyPem } : {}),
    ...(tls ? {} : { allowInsecureAuth: true, hideSTARTTLS: true }),
    ...{ logger: false, authOptional: false, closeTimeout: 100 },
    onAuth({ username, password }, _session, done) {
      if (username === "golive" && password === mailPassword) return done(null, { user: username })
      done(fault(535, `Authentication failed for ${username} with ${password}`))
    },
    onRcptTo({ address }, _session, done) {
      const refused = refusedRecipients.get(address)
      done(refused ? fault(refused.code, refused.words) : null)
    },
    onData(stream, session, done) {
      let raw = ""
      stream.setEncoding("utf8")
      stream.on("data", (chunk: string) => {
        raw += chunk
      })
      stream.on("end", () => {
        const wrong = trouble.shift()
        if (wrong === "hang") return
        if (wrong && wrong !== "drop") return done(fault(wrong.code, wrong.words))
        const { mailFrom, rcptTo } = session.envelope
        mails.push({
          from: mailFrom ? mailFrom.address : "",
          to: rcptTo.map(({ address }) => address),
          ...{ secure: session.secure, headers: headersOf(raw), raw },
        })
        // Taken, and the answer is lost: whoever sent it cannot know.
        if (wrong === "drop") for (const connection of server.connections) connection.close()
        else done()
      })
    },
  })
  // Connections that end in the middle are what is tried here.
  server.on("error", () => undefined)
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return {
    ...{ mails, trouble, refusedRecipients },
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise<void>((resolve) => server.close(resolve)),
  }
}

function fault(responseCode: number, words: string): Error {
  return Object.assign(new Error(words), { responseCode })
}

function headersOf(raw: string): Record<string, string> {
  const [head = ""] = raw.split("\r\n\r\n", 1)
  const lines = head.replace(/\r\n[ \t]+/g, " ").split("\r\n")
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()]),
  )
}

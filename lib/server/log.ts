import pino, { type Logger } from "pino"

const SECRET_KEYS = [
  "password",
  "passwordHash",
  "token",
  "secret",
  "authorization",
  "cookie",
  "set-cookie",
  "adminToken",
  "NEXTAUTH_SECRET",
  "GOLIVE_SECRET_KEY",
  "SECRETS_KEYS",
]

/** Structured logs on stdout. Whatever is named like a secret is left out, three levels deep. */
export const log: Logger = pino({
  level: process.env.LOG_LEVEL || "info",
  redact: {
    paths: SECRET_KEYS.flatMap((key) => {
      const quoted = /^\w+$/.test(key) ? key : `["${key}"]`
      const dotted = /^\w+$/.test(key) ? `.${key}` : quoted
      return [quoted, `*${dotted}`, `*.*${dotted}`]
    }),
    censor: "[redacted]",
  },
  formatters: { level: (label) => ({ level: label }) },
  timestamp: pino.stdTimeFunctions.isoTime,
  base: { pid: process.pid },
})

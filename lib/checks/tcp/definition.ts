import { z } from "zod"
import { short } from "../answer"
import type { CheckDefinition } from "../contract"
import { checkDuration, checkDurationMs } from "../duration"
import { allTexts, checkPattern, oneOrMoreTexts } from "../pattern"

/** A connection may take as long as a lost packet takes to be sent again. */
export const LEAST_TO_PROVE_CLOSED_MS = 1_000

const openSchema = z.strictObject({
  latencyBelow: checkDuration
    .optional()
    .describe("How long opening the connection may take, the name look-up left out."),
  contains: oneOrMoreTexts.optional().describe("What the other side must send, by itself or as an answer to `send`."),
  matches: checkPattern.optional().describe("A regular expression for what the other side sends."),
})

export type TcpOpenExpect = z.infer<typeof openSchema>

// Refinements also see what the pattern has refused already.
function isLongEnough(timeout: string): boolean {
  return !checkDuration.safeParse(timeout).success || checkDurationMs(timeout) >= LEAST_TO_PROVE_CLOSED_MS
}

function asksForAnswer(expect: string | TcpOpenExpect): boolean {
  return typeof expect === "object" && (expect.contains !== undefined || expect.matches !== undefined)
}

export const tcpConfigSchema = z
  .strictObject({
    host: z
      .string()
      .min(1)
      .max(300)
      .describe("A name or an address. Of a name with several addresses one is looked at."),
    port: z
      .union([z.number().int().min(1).max(65_535), z.string().min(1).max(200)])
      .describe("A number, or a placeholder for one."),
    send: z.string().min(1).max(10_000).optional().describe("Text that is sent as soon as the connection is open."),
    expect: z
      .union([z.enum(["open", "closed"]), openSchema])
      .default("open")
      .describe("`closed`: nobody may get a connection here. What is expected of an open port may be said in detail."),
    timeout: checkDuration.optional().describe("For all of it. A closed port may take this long to prove."),
  })
  .refine(({ send, expect }) => send === undefined || asksForAnswer(expect), {
    message: "asks for an answer that is expected: `expect.contains` or `expect.matches`",
    path: ["send"],
  })
  .refine(({ timeout, expect }) => expect !== "closed" || !timeout || isLongEnough(timeout), {
    message: "must be at least 1s where a port is expected to be closed",
    path: ["timeout"],
  })
export type TcpConfig = z.infer<typeof tcpConfigSchema>

export const definition: CheckDefinition<TcpConfig> = {
  kind: "tcp",
  title: "TCP port",
  summary:
    "Opens a connection to a port, or makes sure that none can be opened, and looks at what the other side sends.",
  configSchema: tcpConfigSchema,
  describe: ({ host, port, send, expect }) => {
    const where = `Port ${port} of ${short(host, 200)}`
    if (expect === "closed") return [`${where} cannot be reached`]
    const { latencyBelow, contains, matches } = expect === "open" ? {} : expect
    return [
      `${where} takes connections`,
      ...(latencyBelow ? [`within ${latencyBelow}`] : []),
      ...(send ? [`is sent ${short(JSON.stringify(send), 80)}`] : []),
      ...allTexts(contains).map((text) => `answers with ${short(JSON.stringify(text), 80)}`),
      ...(matches ? [`answers with what matches ${short(matches, 80)}`] : []),
    ]
  },
  repeatable: true,
  provedBy: "machine",
  limits: { timeoutMs: 5_000, longestTimeoutMs: 60_000 },
  examples: [
    {
      title: "Redis answers",
      config: {
        host: "redis.postd.example",
        port: 6379,
        send: "PING\r\n",
        expect: { latencyBelow: "500ms", matches: "^(\\+PONG|-NOAUTH)" },
      },
    },
    {
      title: "The database cannot be reached from here",
      config: { host: "db.postd.example", port: 5432, expect: "closed", timeout: "3s" },
    },
  ],
}

import { z } from "zod"
import { short } from "../answer"
import type { CheckDefinition } from "../contract"
import { checkDuration } from "../duration"
import { allTexts, checkPattern, oneOrMoreTexts } from "../pattern"

export const DNS_TYPES = ["A", "AAAA", "CNAME", "MX", "TXT", "NS", "CAA", "SRV"] as const
export type DnsType = (typeof DNS_TYPES)[number]

const expectSchema = z.strictObject({
  equals: oneOrMoreTexts.optional().describe("These answers and no others, in any order."),
  contains: oneOrMoreTexts.optional().describe("These answers are among them."),
  matches: checkPattern.optional().describe("A regular expression that at least one answer matches."),
  atLeast: z.number().int().min(1).max(100).optional().describe("How many answers there are at least."),
  exists: z.boolean().optional().describe("`false`: the name must have no such record (any more)."),
  ttlBelow: checkDuration.optional().describe("Types A and AAAA: nobody may remember an answer for longer."),
  ttlAbove: checkDuration.optional().describe("Types A and AAAA."),
})
export type DnsExpect = z.infer<typeof expectSchema>

export const dnsConfigSchema = z
  .strictObject({
    name: z.string().min(1).max(300).describe("The name that is asked for, such as `postd.example`."),
    type: z.enum(DNS_TYPES).default("A").describe("The type of the records."),
    server: z
      .string()
      .min(1)
      .max(300)
      .optional()
      .describe(
        "The name server that is asked, such as `192.0.2.53` or `192.0.2.53:5353`. Left out: those of the console.",
      ),
    expect: expectSchema
      .default({})
      .describe(
        "Answers are written as in zone files, without a dot at the end: `10 mail.example.com` (MX), " +
          "`0 issue letsencrypt.org` (CAA), `10 5 5060 sip.example.com` (SRV). Nothing said: there is an answer.",
      ),
    timeout: checkDuration.optional().describe("How long the name server may take. Default 10s."),
  })
  .refine(({ type, expect }) => ["A", "AAAA"].includes(type) || !(expect.ttlBelow || expect.ttlAbove), {
    message: "`ttlBelow` and `ttlAbove` are for the types A and AAAA",
    path: ["expect"],
  })
  .refine(
    ({ expect: { exists, ...others } }) => exists !== false || Object.values(others).every((one) => one === undefined),
    {
      message: "must expect nothing else of a record that must not exist",
      path: ["expect"],
    },
  )
export type DnsConfig = z.infer<typeof dnsConfigSchema>

export const definition: CheckDefinition<DnsConfig> = {
  kind: "dns",
  title: "DNS record",
  summary:
    "Asks a name server for the records of a name and compares the answers, and how long they may be remembered.",
  configSchema: dnsConfigSchema,
  describe: ({ name, type, server, expect }) => {
    const { equals, contains, matches, atLeast, exists, ttlBelow, ttlAbove } = expect
    const list = (texts: string | string[] | undefined) => short(allTexts(texts).join(", "), 200)
    return [
      `${type} records of ${short(name, 150)}${server ? `, asked at ${short(server, 100)}` : ""}`,
      ...(exists === false ? ["there are none"] : []),
      ...(equals ? [`are exactly ${list(equals)}`] : []),
      ...(contains ? [`hold ${list(contains)}`] : []),
      ...(matches ? [`one matches ${short(matches, 200)}`] : []),
      ...(atLeast ? [`there are at least ${atLeast}`] : []),
      ...(ttlBelow ? [`may be remembered for less than ${ttlBelow}`] : []),
      ...(ttlAbove ? [`may be remembered for more than ${ttlAbove}`] : []),
    ]
  },
  repeatable: true,
  provedBy: "machine",
  limits: { timeoutMs: 10_000, longestTimeoutMs: 60_000 },
  examples: [
    {
      title: "The name points at the balancer and can be moved soon",
      config: { name: "postd.example", type: "A", expect: { equals: ["192.0.2.10", "192.0.2.11"], ttlBelow: "5m" } },
    },
    {
      title: "Only one authority may issue certificates",
      config: { name: "postd.example", type: "CAA", expect: { contains: "0 issue letsencrypt.org" } },
    },
    {
      title: "Mail may be sent in our name",
      config: { name: "postd.example", type: "TXT", expect: { matches: "^v=spf1 .*-all$" } },
    },
  ],
}

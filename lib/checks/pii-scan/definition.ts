import { z } from "zod"
import { short } from "../answer"
import { commandEnvironment, commandLine, pathInside, sayCommand } from "../command-line"
import type { CheckDefinition } from "../contract"
import { checkDuration } from "../duration"
import { filePatterns } from "../file-pattern"
import { checkPattern } from "../pattern"
import { checkSize } from "../size"
import { KINDS, sayKind, USUAL_KINDS } from "./kinds"

const headerName = z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}$/, "is no name of a header")

const ownPattern = z.strictObject({
  name: z
    .string()
    .regex(/^[\p{L}][\p{L}\p{N} _-]{0,59}$/u, "must be a few words")
    .refine((name) => !(KINDS as readonly string[]).includes(name), "is the name of a kind")
    .describe("What is found by it, such as `customer number`."),
  pattern: checkPattern
    .refine(
      (text) => !/^\^|(?<!\\)\$$/.test(text),
      "is looked for anywhere in a line: leave `^` and `$` at its ends out",
    )
    .describe("A regular expression. Of a line, the first place counts."),
})
export type OwnPattern = z.infer<typeof ownPattern>

const allowed = z.strictObject({
  pattern: checkPattern.describe("A regular expression that what was found must match."),
  reason: z.string().min(3).max(500).describe("Why this is nobody's personal data; kept with the result."),
})

export const piiScanConfigSchema = z
  .strictObject({
    files: filePatterns.optional().describe("Logs in the checkout, by paths with `*`, `**` and `{a,b}`."),
    exclude: filePatterns.optional().describe("Files among them that are not looked at."),
    directory: pathInside
      .optional()
      .describe("A folder of the checkout in which files are looked for and the command runs."),
    command: commandLine
      .optional()
      .describe(
        "Program and arguments that write a log to their output, such as one that starts the service, uses it and prints what it logged. No shell reads them.",
      ),
    env: commandEnvironment.optional(),
    exitCode: z.number().int().min(0).max(255).optional().describe("What the command must end with. Default 0."),
    url: z.string().min(1).max(4_000).optional().describe("An http or https address that answers with a log as text."),
    headers: z
      .record(headerName, z.string().max(8_000))
      .optional()
      .describe("Sent to `url`, such as `Authorization: Bearer {{secret.LOG_TOKEN}}`."),
    kinds: z
      .array(z.enum(KINDS))
      .min(1)
      .max(KINDS.length)
      .optional()
      .describe("What is looked for. Left out: all of them but `ip`."),
    countries: z
      .array(z.string().regex(/^[A-Z]{2}$/, "must be two capital letters such as US"))
      .max(20)
      .default(["US"])
      .describe(
        "Whose phone numbers without a country code and whose national ids are looked for. Numbers that begin with `+` are found from everywhere.",
      ),
    allowDomains: z
      .array(z.string().min(1).max(300))
      .max(200)
      .default([])
      .describe("E-mail addresses of these domains, and of those below them, may be there. Left out: none may."),
    patterns: z.array(ownPattern).max(20).default([]).describe("What else counts as personal data here."),
    allow: z.array(allowed).max(50).optional().describe("What may be there, each with a reason."),
    largest: checkSize
      .default("100MB")
      .describe(
        "Of a file, and of what the command writes. A larger log was not looked at whole, and that is a failure.",
      ),
    timeout: checkDuration.optional().describe("The command, and the request, are ended after this long. Default 5m."),
  })
  .refine(
    ({ files, command, url }) => files !== undefined || command !== undefined || url !== undefined,
    "must have a log to look at: `files`, `command` or `url`",
  )
export type PiiScanConfig = z.infer<typeof piiScanConfigSchema>

export const definition: CheckDefinition<PiiScanConfig> = {
  kind: "pii-scan",
  title: "Personal data in logs",
  summary: "Looks for e-mail addresses, phone and card numbers, passwords and the like in logs. They are never shown.",
  configSchema: piiScanConfigSchema,
  describe: ({ files, exclude, command, url, kinds = USUAL_KINDS, countries, allowDomains, patterns, allow = [] }) => [
    ...(files
      ? [`looks at ${short(files.join(", "), 150)}${exclude ? ` without ${short(exclude.join(", "), 80)}` : ""}`]
      : []),
    ...(command ? [`runs ${short(sayCommand(command), 200)} and looks at what it writes`] : []),
    ...(url ? [`looks at what ${short(url, 200)} answers`] : []),
    `there is no ${kinds.map((kind) => sayKind(kind)).join(", ")}`,
    ...(patterns.length > 0 ? [`and no ${short(patterns.map(({ name }) => name).join(", "), 200)}`] : []),
    ...(countries.length > 0 ? [`numbers of ${countries.join(", ")} are known without a country code`] : []),
    ...(allowDomains.length > 0 ? [`allows addresses of ${short(allowDomains.join(", "), 200)}`] : []),
    ...allow
      .slice(0, 20)
      .map(({ pattern, reason }) => `allows what matches ${short(pattern, 80)}: ${short(reason, 120)}`),
  ],
  repeatable: true,
  provedBy: "machine",
  limits: { timeoutMs: 5 * 60_000, longestTimeoutMs: 30 * 60_000 },
  examples: [
    {
      title: "What the service logs while somebody uses it",
      config: {
        command: ["node", "scripts/use-and-print-log.js"],
        patterns: [{ name: "password of the test", pattern: "canary-[0-9a-f]{16}" }],
        timeout: "2m",
      },
    },
    {
      title: "Logs that were kept with the release",
      config: {
        files: ["logs/**/*.{log,jsonl}"],
        kinds: ["email", "phone", "card", "iban", "national-id", "ip"],
        countries: ["DE", "US"],
        allowDomains: ["postd.example"],
        allow: [{ pattern: "^\\+49 30 901820$", reason: "The number of our own switchboard" }],
      },
    },
    {
      title: "The last hour of staging",
      config: {
        url: "{{env.baseUrl}}/internal/logs?last=1h",
        headers: { Authorization: "Bearer {{secret.LOG_TOKEN}}" },
      },
    },
  ],
}

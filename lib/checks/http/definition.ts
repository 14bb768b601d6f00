import { z } from "zod"
import { short } from "../answer"
import type { CheckDefinition } from "../contract"
import { checkDuration } from "../duration"
import { checkPattern, oneOrMoreTexts } from "../pattern"
import { parseJsonPath } from "./json-path"

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const
const headerName = z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}$/, "is no name of a header")
const jsonPath = z
  .string()
  .max(500)
  .superRefine((path, ctx) => {
    try {
      parseJsonPath(path)
    } catch (error) {
      ctx.addIssue({ code: "custom", message: error instanceof Error ? error.message : "is no path" })
    }
  })

const headerExpectation = z.strictObject({
  equals: z.string().optional(),
  matches: checkPattern.optional(),
  present: z.literal(true).optional(),
})

const jsonExpectation = z
  .strictObject({
    path: jsonPath.describe("For example `$.status` or `$.items[0]['a.b']`."),
    equals: z.json().optional(),
    exists: z.boolean().optional(),
    matches: checkPattern.optional(),
  })
  .refine(
    ({ equals, exists, matches }) => equals !== undefined || exists !== undefined || matches !== undefined,
    "must say what is expected: `equals`, `exists` or `matches`",
  )

const status = z.number().int().min(100).max(599)

const expectSchema = z.strictObject({
  status: z
    .union([status, z.array(status).min(1).max(20), z.string().regex(/^[1-5]xx$/, "must be such as 2xx")])
    .optional()
    .describe("A status, several, or a class such as `2xx`. Where nothing at all is expected: `2xx`."),
  headers: z.record(headerName, headerExpectation).optional(),
  securityHeaders: z.array(z.enum(["hsts", "csp", "x-frame-options"])).optional(),
  body: z.strictObject({ contains: oneOrMoreTexts.optional(), matches: checkPattern.optional() }).optional(),
  json: z.array(jsonExpectation).max(50).optional(),
  redirect: z.strictObject({ matches: checkPattern }).optional().describe("Where the answer sends its reader."),
  latencyBelow: checkDuration.optional(),
  cors: z
    .strictObject({ origin: z.string().min(1) })
    .optional()
    .describe("Pages of this origin may use the answer."),
})
export type HttpExpect = z.infer<typeof expectSchema>

export const httpConfigSchema = z.strictObject({
  url: z.string().min(1).max(4_000),
  method: z.enum(METHODS).default("GET"),
  headers: z.record(headerName, z.string().max(8_000)).optional(),
  body: z.json().optional().describe("Text is sent as it is, anything else as JSON."),
  expect: expectSchema.default({}),
  capture: z
    .record(z.string().regex(/^[a-z][a-z0-9_]{0,39}$/), jsonPath)
    .optional()
    .describe("Values of the answer for later checks, by name: `{{capture.name}}`."),
  followRedirects: z.number().int().min(0).max(10).default(0),
  timeout: checkDuration.optional(),
})
export type HttpConfig = z.infer<typeof httpConfigSchema>

export const definition: CheckDefinition<HttpConfig> = {
  kind: "http",
  title: "HTTP request",
  summary: "Sends one request and compares the answer: status, headers, text, JSON, redirect, CORS, latency.",
  configSchema: httpConfigSchema,
  describe: ({ method, url }) => [`${method} ${short(url, 250)}`],
  repeatable: true,
  provedBy: "machine",
  limits: { timeoutMs: 10_000, longestTimeoutMs: 120_000 },
  examples: [
    {
      title: "The service is healthy",
      config: {
        url: "{{env.baseUrl}}/health",
        expect: { status: 200, json: [{ path: "$.status", equals: "ok" }], latencyBelow: "2s" },
      },
    },
    {
      title: "Security headers are set",
      config: { url: "{{env.baseUrl}}/", expect: { securityHeaders: ["hsts", "csp", "x-frame-options"] } },
    },
    {
      title: "Signing in gives a token",
      config: {
        method: "POST",
        url: "{{env.baseUrl}}/api/auth/login",
        body: { email: "someone@example.com", password: "secret" },
        expect: { status: 200, json: [{ path: "$.access_token", exists: true }] },
        capture: { access_token: "$.access_token" },
      },
    },
  ],
}

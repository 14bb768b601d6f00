import { z } from "zod"
import { checkDuration } from "../duration"
import { checkPattern } from "../pattern"
import { answerExpectation, expectSchema, headerName } from "./expect-schema"
import { jsonPath } from "./json-path-syntax"

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const
/** More at once would say more about this machine than about the service. */
export const MOST_REQUESTS = 500
export const MOST_AT_ONCE = 200

const scalar = z.union([z.string().max(20_000), z.number(), z.boolean()])
const fieldName = z.string().min(1).max(200)
const parameters = z.record(fieldName, z.union([scalar, z.array(scalar).max(100)]))

const auth = z.union([
  z.strictObject({ bearer: z.string().min(1).max(20_000).describe("The token, usually a secret.") }),
  z.strictObject({
    basic: z
      .strictObject({
        user: z.string().max(1_000).describe("The name of the user."),
        password: z.string().max(1_000).describe("The password, usually a secret."),
      })
      .describe("A name and a password (HTTP Basic)."),
  }),
])

const tls = z
  .strictObject({
    ca: z
      .string()
      .min(1)
      .max(200_000)
      .optional()
      .describe(
        "Certificates (PEM) of the authorities to trust instead of the public ones, or a placeholder for them.",
      ),
    servername: z.string().min(1).max(300).optional().describe("The name that the certificate must be for."),
    minVersion: z.enum(["TLSv1.2", "TLSv1.3"]).optional().describe("An older version is not spoken."),
    allowInvalid: z
      .boolean()
      .optional()
      .describe("`true`: the certificate is not checked, and the result says so. Never send secrets this way."),
  })
  .describe("For services that do not have a public certificate.")

const capture = z.union([
  jsonPath,
  z.literal("status"),
  z.strictObject({
    header: headerName.describe("The value of this header, or the part of it that `matches` finds."),
    matches: checkPattern.optional(),
  }),
  z.strictObject({ body: checkPattern }),
])
export type Capture = z.infer<typeof capture>

const load = z
  .strictObject({
    requests: z.int().min(1).max(MOST_REQUESTS).describe("How many are sent."),
    concurrency: z
      .int()
      .min(1)
      .max(MOST_AT_ONCE)
      .optional()
      .describe(`How many are under way at once; left out: as many as are allowed (${MOST_AT_ONCE}).`),
    all: answerExpectation
      .optional()
      .describe("Every answer must be so. Left out with `some`: nothing is asked of all."),
    some: answerExpectation.optional().describe("At least one answer must be so."),
    within: checkDuration.optional().describe("All of them together are answered in this time."),
    p50Below: checkDuration.optional().describe("Half of the answers come faster than this."),
    p99Below: checkDuration.optional().describe("99 of 100 answers come faster than this."),
  })
  .describe("Sends the request many times, each over a connection of its own, and looks at all the answers.")
export type LoadConfig = z.infer<typeof load>

export const httpConfigSchema = z
  .strictObject({
    url: z.string().min(1).max(4_000).describe("The http or https address, such as `{{env.baseUrl}}/health`."),
    method: z.enum(METHODS).default("GET").describe("The method of the request."),
    query: parameters.optional().describe("Added to the address, each value encoded."),
    headers: z.record(headerName, z.string().max(8_000)).optional().describe("Sent with the request, by name."),
    auth: auth.optional().describe("`{ bearer: … }` or `{ basic: { user, password } }`; use `{{secret.…}}`."),
    body: z.json().optional().describe("Text is sent as it is, anything else as JSON."),
    form: parameters.optional().describe("Sent as a form (`application/x-www-form-urlencoded`) instead of `body`."),
    tls: tls.optional(),
    expect: expectSchema.default({}).describe("What the answer must be like. Left out: its status is 2xx."),
    load: load.optional(),
    capture: z
      .record(z.string().regex(/^[a-z][a-z0-9_]{0,39}$/), capture)
      .optional()
      .describe(
        "Values of the answer for later checks, by name: `{{capture.name}}`. A JSONPath; `status`; " +
          "`{ header: location, matches: … }`; or `{ body: … }`. Of a pattern the first group counts, or else all of it.",
      ),
    followRedirects: z
      .number()
      .int()
      .min(0)
      .max(10)
      .default(0)
      .describe("How many redirects are followed. With 0 the redirect itself is the answer."),
    timeout: checkDuration.optional().describe("For each request."),
  })
  .refine(({ body, form }) => body === undefined || form === undefined, {
    message: "is sent instead of `body`: only one of them",
    path: ["form"],
  })
  .refine(
    ({ auth: given, headers }) => !given || !Object.keys(headers ?? {}).some((name) => /^authorization$/i.test(name)),
    {
      message: "sets the header Authorization, which is set already",
      path: ["auth"],
    },
  )
  .refine(({ tls: given, followRedirects }) => !given?.servername || followRedirects === 0, {
    message: "is the name of one server: leave `followRedirects` out",
    path: ["tls", "servername"],
  })
  .refine(({ load: given, expect, capture: captures }) => !given || (Object.keys(expect).length === 0 && !captures), {
    message: "has expectations of its own, `all` and `some`: leave `expect` and `capture` out",
    path: ["load"],
  })
export type HttpConfig = z.infer<typeof httpConfigSchema>

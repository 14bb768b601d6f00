import { z } from "zod"
import { comparisonText } from "../comparison"
import { checkDuration } from "../duration"
import { checkPattern, oneOrMoreTexts } from "../pattern"
import { jsonExpectations } from "./json-expectation"

export const headerName = z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}$/, "is no name of a header")

const number = z.number().int().min(100).max(599)
const range = z
  .string()
  .regex(/^([1-5]xx|[1-5]\d\d|[1-5]\d\d-[1-5]\d\d)$/, "must be such as 200, 2xx or 200-299")
  .refine((text) => !text.includes("-") || text.slice(0, 3) <= text.slice(4), "must begin with the smaller status")
const status = z.union([
  number,
  range,
  z
    .array(z.union([number, range]))
    .min(1)
    .max(20),
])

const header = z.union([
  z.string().max(8_000),
  z
    .strictObject({
      equals: z.string().max(8_000).optional().describe("The whole value."),
      matches: checkPattern.optional(),
      present: z.literal(true).optional().describe("It is there, whatever its value."),
      absent: z.literal(true).optional().describe("It is not there."),
    })
    .refine(
      ({ equals, matches, present, absent }) => !absent || (!equals && !matches && !present),
      "what is absent cannot be anything else",
    ),
])

export const SECURITY_HEADERS = ["hsts", "csp", "x-frame-options", "x-content-type-options", "referrer-policy"] as const
export type SecurityHeader = (typeof SECURITY_HEADERS)[number]
/** What `standard` stands for. */
export const STANDARD_HEADERS: readonly SecurityHeader[] = ["hsts", "csp", "x-frame-options"]

const origin = z.string().min(1).max(300)

const body = z
  .strictObject({
    contains: oneOrMoreTexts.optional().describe("Texts that it must hold, all of them."),
    notContains: oneOrMoreTexts.optional().describe("Texts that it must not hold, none of them."),
    equals: z.string().max(100_000).optional().describe("All of it."),
    matches: checkPattern.optional(),
    size: z
      .union([comparisonText, z.array(comparisonText).min(1).max(2)])
      .optional()
      .describe('In bytes, such as `"< 500KB"` (1 KB is 1024 bytes) or `["> 0", "< 1MB"]`.'),
  })
  .describe("The body as text.")

const redirect = z
  .strictObject({
    equals: z.string().min(1).max(4_000).optional().describe("The address it leads to."),
    matches: checkPattern.optional(),
    to: z.literal("https").optional().describe("To the same host, by HTTPS."),
    status: status.optional().describe("Left out: any redirect."),
  })
  .refine((value) => Object.values(value).some((part) => part !== undefined), "must say where to")
  .describe("Where the answer sends its reader. The redirect itself is looked at, so leave `followRedirects` out.")

const cors = z
  .strictObject({
    origin: origin.describe("Pages of this origin may use the answer."),
    method: z
      .string()
      .regex(/^[A-Za-z]{1,20}$/, "is no method")
      .optional()
      .describe("The method that such a page wants to use."),
    headers: z.array(headerName).min(1).max(30).optional().describe("Headers that such a page sends."),
    credentials: z.literal(true).optional().describe("With cookies and the like."),
    maxAge: checkDuration.optional().describe("Browsers may remember the answer at least this long."),
    notOrigin: origin.optional().describe("Pages of this origin may not use the answer."),
  })
  .describe(
    "With `origin` alone (and `credentials`) the answer to the request itself is looked at, and the origin must be named. " +
      "With any other field preflight requests of their own are sent, as a browser would.",
  )

const fields = {
  status: status
    .optional()
    .describe("A status, a class such as `2xx`, a range, or a list of them. Where nothing at all is expected: `2xx`."),
  headers: z
    .record(headerName, header)
    .optional()
    .describe("By name: a text is the whole value; or `equals`, `matches`, `present: true`, `absent: true`."),
  securityHeaders: z
    .union([z.literal("standard"), z.array(z.enum(SECURITY_HEADERS)).min(1)])
    .optional()
    .describe("There and strong. `standard`: hsts, csp and x-frame-options."),
  body: body.optional(),
  json: jsonExpectations.optional(),
  redirect: redirect.optional(),
  latencyBelow: checkDuration.optional().describe("From the name look-up to the last byte."),
}

/** What may be expected of each answer of many. */
export const answerExpectation = z.strictObject(fields)
export type AnswerExpectation = z.infer<typeof answerExpectation>

export const expectSchema = z.strictObject({ ...fields, cors: cors.optional() })
export type HttpExpect = z.infer<typeof expectSchema>
export type CorsExpectation = NonNullable<HttpExpect["cors"]>
export type StatusExpectation = z.infer<typeof status>

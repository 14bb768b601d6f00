import { Buffer } from "node:buffer"
import fc from "fast-check"
import { describe, expect, test, vi } from "vitest"
import { findPersonalData } from "./find-personal-data"
import { KINDS, USUAL_KINDS } from "./kinds"

vi.setConfig({ testTimeout: 60_000 })

const wanted = { kinds: USUAL_KINDS, countries: ["US", "DE"], allowDomains: ["postd.example"] }
const find = (text: string, change: Partial<typeof wanted> = {}) =>
  findPersonalData(text, { ...wanted, ...change }).map(({ kind, value }) => `${kind} ${value}`)

const jwt = [{ alg: "HS256", typ: "JWT" }, { sub: "42" }]
  .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
  .concat("c2lnbmF0dXJl")
  .join(".")

/** What is planted, and what must be found of it. */
const PLANTED: [written: string, found: string][] = [
  ["ann.lee+shop@corp.example", "email ann.lee+shop@corp.example"],
  ["jürgen@bücher.example", "email jürgen@bücher.example"],
  ["O'Neil@corp.example", "email O'Neil@corp.example"],
  ["+49 30 901820", "phone +49 30 901820"],
  ["+14155552671", "phone +14155552671"],
  ["+44 (0)20 7946 0958", "phone +44 (0)20 7946 0958"],
  ["(415) 555-2671", "phone (415) 555-2671"],
  ["415-555-2671", "phone 415-555-2671"],
  ["030 901820", "phone 030 901820"],
  ["4111 1111 1111 1111", "card 4111 1111 1111 1111"],
  ["4242424242424242", "card 4242424242424242"],
  ["3782-822463-10005", "card 3782-822463-10005"],
  ["5555555555554444", "card 5555555555554444"],
  ["DE89370400440532013000", "iban DE89370400440532013000"],
  ["GB29 NWBK 6016 1331 9268 19", "iban GB29 NWBK 6016 1331 9268 19"],
  ["219-09-9999", "national-id 219-09-9999"],
  [jwt, `token ${jwt}`],
]

/** As services write them. */
const FORMATS: Record<string, (value: string) => string> = {
  alone: (value) => value,
  "a sentence": (value) => `2024-03-12T10:15:00.123Z INFO user ${value} was told.`,
  "JSON lines": (value) => `${JSON.stringify({ at: "2024-03-12T10:15:00.123Z", n: 200, who: value, ms: 15 })}\n`,
  "JSON in JSON": (value) => JSON.stringify({ message: JSON.stringify({ who: value }), line: 12 }),
  "key=value": (value) => `time=2024-03-12T10:15:00Z status=200 who="${value}" ms=15`,
  "key=value without quotes": (value) => `level=info pid=4711 who=${value}, ms=15`,
  "a stack trace": (value) => `Error: no such user: ${value}\n    at find (/app/src/users.js:12:34)\r\n    at a.js:1:2`,
  "an escaped stack trace": (value) =>
    JSON.stringify({ error: `Error\n${value}\n    at find (/app/src/users.js:12:34)` }),
  colours: (value) => `\u001b[32minfo\u001b[0m: \u001b[1m${value}\u001b[0m`,
  "CRLF and invalid bytes": (value) => `first\r\n\ufffd ${value}\r\n\ufffd\ufffd last\r\n`,
}

describe.each(Object.entries(FORMATS))("in %s", (_, write) => {
  test.each(PLANTED)("%s is found", (written, found) => {
    expect(find(write(written))).toEqual([found])
  })
})

test.each([
  ["password=hunter2", "password hunter2"],
  ['{"password":"correct horse battery"}', "password correct horse battery"],
  ['{"body":"{\\"userPassword\\":\\"swordfish\\"}"}', "password swordfish"],
  ["login with password: Tr0ub4dor and go on", "password Tr0ub4dor"],
  ["DB_PASSWORD='a b'", "password a b"],
  ["connect postgres://app:s3cr3t@db.internal:5432/app", "password s3cr3t"],
  ["Authorization: Bearer abc.def-123456", "token abc.def-123456"],
  ['"authorization":"Basic YW5uOnNlY3JldA=="', "token YW5uOnNlY3JldA=="],
  ['["authorization","Bearer 0123456789abcdef01"]', "token 0123456789abcdef01"],
  ["GET /reset?token=4f5e6d7c8b9a0f1e&x=1 200", "token 4f5e6d7c8b9a0f1e"],
  ["x-api-key: k3y-0123456789", "token k3y-0123456789"],
  ["GET /api?email=ann%40corp.example&x=1 200", "email ann%40corp.example"],
  ["POST /sms?to=%2B14155552671 202", "phone %2B14155552671"],
  ['{"phone":4155552671}', "phone 4155552671"],
  ["userPhone=4155552671", "phone 4155552671"],
  ["ssn=219099999", "national-id 219099999"],
  ["12 4111 1111 1111 1111 200", "card 4111 1111 1111 1111"],
  ["card=4111111111111111111-x 4000000000000", ""],
  ["card_number: 4222222222222", "card 4222222222222"],
  ["called +1 415 555 2671 200 15", "phone +1 415 555 2671"],
  ["retry 3 415-555-2671 12", "phone 415-555-2671"],
  ["to DE89 3704 0044 0532 0130 00 USED", "iban DE89 3704 0044 0532 0130 00"],
])("%s", (text, found) => {
  expect(find(text)).toEqual(found === "" ? [] : [found])
})

test("several in one line, each once and in order", () => {
  const line = 'from ann@corp.example to "bob@corp.example" card 4242424242424242 password=x1y2 tel +1 415 555 2671'
  expect(find(line).map((one) => one.split(" ")[0])).toEqual(["email", "email", "card", "password", "phone"])
})

test("only what is wanted", () => {
  const text = `ann@corp.example from 8.8.8.8, 10.0.0.1, 2606:4700::1111 at 10:15:00 tel. 415-555-2671 ${jwt}`
  expect(find(text, { kinds: ["ip"] })).toEqual(["ip 8.8.8.8", "ip 2606:4700::1111"])
  expect(find(text, { kinds: ["password"] })).toEqual([])
  expect(find(text, { countries: [], kinds: ["phone"] })).toEqual([])
  expect(find("ann@postd.example, bob@mail.postd.example, eve@notpostd.example")).toEqual([
    "email eve@notpostd.example",
  ])
  expect(find("dni 12345678Z, hetu 131052-308T", { countries: ["ES", "FI"] })).toEqual([
    ...["national-id 12345678Z", "national-id 131052-308T"],
  ])
  expect(find("pesel: 99012229019, order 99012229019", { countries: ["PL"] })).toEqual(["national-id 99012229019"])
})

/** Lines of logs that hold nobody. */
const NOBODY = [
  "2024-03-12 10:15:00.123 +0200 INFO [main] 12.03.2024 03/12/2024 20240312101500 20240312T101500Z",
  "1712345678 1712345678901 1712345678901234 1712345678901234567 at=1712345678901 ts:1712345678.901234",
  '{"level":30,"time":1712345678901,"pid":4711,"hostname":"web-1","reqId":"req-4242424242424242","ms":12.345}',
  "trace=4bf92f3577b34da6a3ce929d0e0e4736 span=00f067aa0ba902b7 dd.trace_id=4611686018427387904",
  "8f14e45f-ceea-467f-a8f0-b2a4b9a8c6d1 12345678-4111-4111-8111-111111111111 f47ac10b-58cc-4372-a567-0e02b2c3d479",
  "request_id=4242424242424242 orderId: 5555555555554444 spanId=4111111111111111 offset=4000056655665556",
  "total 1,234,567.89 EUR 12 345 678.90 $415.55 0.4242424242424242 4111111111111111.5 -0.5555555555554444",
  "v1.2.3 1.22.333-rc.4 node/20.19.1 express@4.18.2 @scope/pkg@1.2.3 image@sha256:4355a46b19d348dc2f57c046f8ef63d4",
  "    at Object.<anonymous> (/app/node_modules/.pnpm/react@18.2.0/index.js:4111:55) user@1000.service logo@2x.png",
  "GET /api/users/4155552671/orders/20240312 HTTP/1.1 200 5316 10.0.0.1:54321 192.168.100.123 - 0.003",
  "git@github.com:postd/api.git ssh://git@host.example/x https://user@host.example redis://default@redis.example:6379",
  "Message-ID: <20240312.4711@mail.postd.example.org>",
  "password=[REDACTED] password: *** passwd=<hidden> token={{TOKEN}} secret: null Authorization: Bearer [redacted]",
  "Invalid password: too short. password changed for user 12. password: incorrect. pwd=/srv/app token: expired",
  "token_count=512 maxTokens: 4096 tokens=1712345678 passwordResetAt=2024-03-12 secretName: db-credentials",
  "bearer authentication is needed; a basic problem; csrf token missing",
  "commit 0123456789abcdef0123456789abcdef01234567 sha512-0HbmuV+kPBhqZyn2AYIyBMtkQLJhO0rnvJPPxW4n3m2ZtUWg6Zxxpqq3mXQ8AyhPQ4g==",
  "999-12-3456 000-12-3456 666-12-3456 123-00-4567 219-09-9999-1 1-219-09-9999",
  "0000000000000000 1111111111111111 DE00370400440532013000 1234 5678 9012 3456",
  "lines 100-200-3000 rows 1 234 567 890 of 415 555 2671999 phone_id=4155552671",
]
test.each(NOBODY)("nobody is in: %s", (line) => {
  expect(find(line)).toEqual([])
  expect(find(JSON.stringify({ message: line }))).toEqual([])
})

test("no machine's number is taken for a person's", () => {
  const hex = (length: number) =>
    fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: length, maxLength: length })
  const time = fc.date({ min: new Date("2001-01-01"), max: new Date("2040-01-01"), noInvalidDate: true })
  const number = fc.oneof(
    fc.uuid(),
    hex(32),
    hex(40),
    hex(64),
    time.map((at) => at.toISOString()),
    time.map((at) => at.toISOString().replace("T", " ").replace("Z", "")),
    time.map((at) => String(at.getTime())),
    time.map((at) => String(Math.floor(at.getTime() / 1_000))),
    time.map((at) => `${at.getTime()}000`),
    time.map((at) => `[${at.toUTCString()}]`),
    fc.double({ min: 0, max: 1, noNaN: true }).map(String),
    fc.integer({ min: 0, max: 9_999_999 }).map(String),
    fc.nat(99_999_999).map((cents) => (cents / 100).toFixed(2)),
    fc.tuple(fc.nat(99), fc.nat(999), fc.nat(9999)).map((parts) => parts.join(".")),
    fc.ipV4(),
    fc.ipV6(),
    fc.tuple(fc.nat(9_999), fc.nat(999)).map(([line, column]) => `src/app.ts:${line}:${column}`),
  )
  const key = fc.constantFrom("id", "request_id", "traceId", "time", "ms", "line", "version", "at", "price", "user", "")
  const format = fc.constantFrom(
    (name: string, value: string) => `${name}=${value}`,
    (name: string, value: string) => `${name} ${value}`,
    (name: string, value: string) => JSON.stringify({ [name]: value }),
    (name: string, value: string) => `[${name}: ${value}]`,
  )
  const field = fc.tuple(format, key, number).map(([write, name, value]) => write(name, value))
  fc.assert(
    fc.property(
      fc.array(field, { minLength: 1, maxLength: 6 }),
      fc.constantFrom(" ", ", ", "\t", "\n"),
      (fields, by) => {
        expect(find(fields.join(by))).toEqual([])
      },
    ),
    { numRuns: 700 },
  )
})

test("time grows with the length, whatever is in it", () => {
  const units = [
    "a",
    "@",
    "1",
    "1 ",
    "a@",
    "a.a@a.",
    "+1",
    "password=",
    '"',
    "eyJ",
    "://:",
    "1-",
    "4111 ",
    "Bearer ",
    "0:",
    "\\n",
    "+1(",
    "AB12",
  ]
  for (const unit of units) {
    const text = unit.repeat(Math.ceil(32_000 / unit.length))
    const beganMs = performance.now()
    findPersonalData(text, { ...wanted, kinds: KINDS })
    expect(performance.now() - beganMs, unit).toBeLessThan(5_000)
  }
})

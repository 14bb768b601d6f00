import { readFile } from "node:fs/promises"
import { Webhook } from "standardwebhooks"
import { describe, expect, test } from "vitest"
import { z } from "zod"
import { topicKeys } from "@/lib/domain/notification/topics"
import { channelMessage, INCIDENT } from "./channel-message.fixture"
import type { ChannelDefinition } from "./contract"
import { channelDefinitions } from "./definitions.gen"
import { compose } from "./email/compose"
import { emailConfigSchema } from "./email/definition"
import { slackMessage } from "./parts/slack-message"
import { webhookConfigSchema } from "./webhook/definition"
import { signedHeaders } from "./webhook/sign"

const nasty = {
  title: '<!channel> <script>alert(1)</script> & "co"\r\nBcc: everybody@example.com\u202egpj',
  text: "<https://evil.example|Click> & <b>bold</b>\n@here",
  facts: [{ name: "<i>Name</i>", value: "a|b<c>\u0007" }],
  people: [{ id: "x", name: "Oona <oona@example.com>" }],
}

test.each(Object.values(channelDefinitions))(
  "$kind: its examples fit its settings, its secrets are texts of them",
  (one) => {
    for (const example of one.examples) {
      const config = example.config as Record<string, unknown>
      expect(one.configSchema.safeParse(config).error).toBeUndefined()
      for (const field of one.secretFields) expect(config[field]).toEqual(expect.any(String))
      expect(one.configSchema.safeParse({ ...config, surprise: 1 }).success).toBe(false)
    }
  },
)

test.each(Object.values(channelDefinitions))("$kind: every field says what it is for", ({ configSchema }) => {
  const { properties = {} } = z.toJSONSchema(configSchema as z.ZodType, { io: "input" })
  const silent = Object.entries(properties).filter(([, field]) => !(field as { description?: string }).description)
  expect(silent.map(([name]) => name)).toEqual([])
})

test("the documentation names every kind with its settings, and every topic", async () => {
  const page = await readFile(new URL("../../docs/notifications.md", import.meta.url), "utf8")
  const fieldsOf = ({ configSchema }: ChannelDefinition) => {
    return Object.keys(z.toJSONSchema(configSchema, { io: "input" }).properties ?? {})
  }
  const all = Object.values(channelDefinitions) as ChannelDefinition[]
  const names = [...topicKeys, ...all.flatMap((one) => [one.kind, ...fieldsOf(one)])]
  expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([])
})

describe("Slack", () => {
  test("nothing that people wrote becomes a mention, a link or a format of its own", () => {
    const message = slackMessage(channelMessage(nasty)) as { text: string; blocks: { text?: { text: string } }[] }
    const everything = JSON.stringify(message)
    expect(message.text).toContain("&lt;!channel&gt; &lt;script&gt;alert(1)&lt;/script&gt; &amp;")
    expect(message.blocks[1]?.text?.text).toBe(
      "&lt;https://evil.example|Click&gt; &amp; &lt;b&gt;bold&lt;/b&gt;\n@here",
    )
    expect(everything).not.toMatch(/\\u202e|\\u0007|\u202e/)
    // The only things in angle brackets are the console's own.
    const marked = message.blocks.slice(1).flatMap((block) => JSON.stringify(block).match(/<[^>]*>/g) ?? [])
    for (const mark of marked) expect(mark).toMatch(/^<(https:\/\/golive\.example\.com\/[^|]*\|Open in Golive|!date\^)/)
  })

  test("instants are shown in the reader's zone; links, and nothing to press", () => {
    const { blocks } = slackMessage(channelMessage()) as { blocks: { type: string }[] }
    expect(JSON.stringify(blocks)).toContain(
      "<!date^1795537800^{date_short_pretty} {time}|Tue, 24 Nov 2026, 16:30 UTC>",
    )
    expect(blocks.map(({ type }) => type)).not.toContain("actions")
  })

  test("long texts are cut to what blocks may hold, and never within an escape", () => {
    const message = slackMessage(channelMessage({ title: "&".repeat(1_000), text: "<".repeat(10_000) }))
    const { blocks } = message as { blocks: { text: { text: string } }[] }
    expect(blocks[0]?.text.text.length).toBeLessThanOrEqual(150)
    expect(blocks[1]?.text.text.length).toBeLessThanOrEqual(3_000)
    expect(blocks[1]?.text.text.replace(/&lt;/g, "")).toBe("…")
  })
})

describe("e-mail", () => {
  const config = emailConfigSchema.parse({
    host: "mail.example.com",
    from: "golive@example.com",
    to: ["ALL@example.com"],
  })

  test("HTML and text, escaped; a title cannot write headers", () => {
    const mail = compose(config, channelMessage(nasty))
    expect(mail.subject).not.toMatch(/[\r\n\u202e]/)
    expect(mail.html).toContain("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;co&quot;")
    expect(mail.html).not.toMatch(/<script|<b>|<i>/)
    expect(mail.html).toContain('href="https://golive.example.com/releases/')
    expect(mail.text).toContain("Open in Golive: https://golive.example.com/releases/")
  })

  test("a copy has the same id; all about one incident are a thread; the chain's head is in it", () => {
    const key = crypto.randomUUID()
    const [first, copy] = [compose(config, channelMessage({}, key)), compose(config, channelMessage({}, key))]
    expect(first.messageId).toBe(`<${key}@golive.example.com>`)
    expect(copy.messageId).toBe(first.messageId)
    const other = compose(config, channelMessage({ act: "resolve", title: "Over" }))
    expect(other.messageId).not.toBe(first.messageId)
    expect(other.references).toBe(`<thread-${INCIDENT}@golive.example.com>`)
    expect(first).toMatchObject({ references: other.references, inReplyTo: other.references })
    expect(first.headers).toMatchObject({ "X-Golive-Chain-Head": expect.stringMatching(/ 42 f{64}$/) })
    expect(first.text).toContain(`SHA-256 ${"f".repeat(64)}`)
  })

  test("goes to the list and to whom it is for, once each", () => {
    const people = [
      { id: "1", name: "All" },
      { id: "2", name: "Oona" },
    ]
    expect(compose(config, channelMessage({ people })).to).toEqual(["all@example.com", "oona@example.com"])
    expect(compose({ ...config, toPeople: false }, channelMessage({ people })).to).toEqual(["ALL@example.com"])
    const { takes } = channelDefinitions.email
    expect(takes?.(channelMessage({ people: [] }).notification, { to: [] })).toBe(false)
    expect(takes?.(channelMessage().notification, { to: [] })).toBe(true)
  })
})

describe("signatures of webhooks", () => {
  const body = '{"test": 2432232314}'

  test("are those of the specification's example", () => {
    const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    const signed = signedHeaders(secret, { id: "msg_p5jXN8AQM9LWM0D4loKWxJek", body, nowMs: 1_614_265_330_000 })
    expect(signed).toEqual({
      "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
      "webhook-timestamp": "1614265330",
      "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    })
  })

  test("while a secret is changed, old and new both are good, and others are not", () => {
    const [old, next, other] = [1, 2, 3].map((n) => `whsec_${Buffer.alloc(32, n).toString("base64")}`)
    const secret = `${next}  ${old}`
    expect(webhookConfigSchema.safeParse({ url: "https://example.com", secret }).error).toBeUndefined()
    const headers = signedHeaders(secret, { id: "m", body, nowMs: Date.now() })
    for (const one of [old, next]) expect(new Webhook(one ?? "").verify(body, headers)).toEqual({ test: 2432232314 })
    expect(() => new Webhook(other ?? "").verify(body, headers)).toThrow(/signature/)
    expect(() => new Webhook(old ?? "").verify(`${body} `, headers)).toThrow(/signature/)
  })

  test.each(["", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_c2hvcnQ=", "whsec_!!!!"])(
    "%j is no secret",
    (secret) => {
      expect(webhookConfigSchema.safeParse({ url: "https://example.com", secret }).success).toBe(false)
    },
  )
})

test("a pager takes pages and what happens to deployments, and nothing else", () => {
  const { takes } = channelDefinitions.pagerduty
  const taken = (more: Parameters<typeof channelMessage>[0]) => takes?.(channelMessage(more).notification, {})
  expect(taken({ act: "trigger" })).toBe(true)
  expect(taken({ act: "resolve", topic: "incident" })).toBe(true)
  expect(taken({ act: "tell", topic: "incident" })).toBe(false)
  expect(taken({ act: "tell", topic: "go_live", incidentId: null })).toBe(true)
  expect(taken({ act: "tell", topic: "round", incidentId: null })).toBe(false)
})

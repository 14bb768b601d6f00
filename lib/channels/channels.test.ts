import type { ServerResponse } from "node:http"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { channelPorts } from "@/lib/server/channels/channel-ports"
import { type ChannelSettings, sendByKind } from "@/lib/server/channels/send-by-kind"
import { loopbackCertificate } from "@/lib/testing/servers/loopback-certificate"
import { mailPassword, startMailServer } from "@/lib/testing/servers/start-mail-server"
import { pagerdutyKey, startPagerduty } from "@/lib/testing/servers/start-pagerduty"
import { slackHook, slackToken, startSlack } from "@/lib/testing/servers/start-slack"
import type { TextServer } from "@/lib/testing/servers/start-text-server"
import { startWebhookReceiver, webhookSecret } from "@/lib/testing/servers/start-webhook-receiver"
import { channelMessage, INCIDENT } from "./channel-message.fixture"
import { type ChannelNotice, type ChannelPorts, ChannelRefusal } from "./contract"
import { channelSenders } from "./senders.gen"

let slack: Awaited<ReturnType<typeof startSlack>>
let pagerduty: Awaited<ReturnType<typeof startPagerduty>>
let receiver: Awaited<ReturnType<typeof startWebhookReceiver>>
let mail: Awaited<ReturnType<typeof startMailServer>>
let secureMail: Awaited<ReturnType<typeof startMailServer>>
let caPem: string
beforeAll(async () => {
  const certificate = await loopbackCertificate()
  caPem = certificate.caPem
  ;[slack, pagerduty, receiver, mail, secureMail] = await Promise.all([
    startSlack(),
    startPagerduty(),
    startWebhookReceiver(),
    startMailServer(),
    startMailServer(certificate),
  ])
})
afterAll(() => Promise.all([slack, pagerduty, receiver, mail, secureMail].map((one) => one.close())))
beforeEach(() => {
  slack.posts.length = 0
  receiver.received.length = 0
  mail.mails.length = 0
})

function ports(more: Partial<ChannelPorts> & { allowPrivateNetwork?: boolean } = {}): ChannelPorts {
  const { allowPrivateNetwork = true, ...rest } = more
  const signal = new AbortController().signal
  return { ...channelPorts({ allowPrivateNetwork, signal }), ...rest }
}

interface HttpKind {
  kind: keyof typeof channelSenders
  server: () => TextServer
  settings: (more?: Record<string, string>) => ChannelSettings
  wrong: Record<string, string>
  /** Keys of what arrived. */
  arrived: () => string[]
}
const httpKinds: HttpKind[] = [
  {
    kind: "slack-webhook",
    server: () => slack,
    settings: (more) => ({ kind: "slack-webhook", config: {}, secrets: { url: `${slack.url}${slackHook}`, ...more } }),
    wrong: { url: "/services/T0123456/B0123456/no-such-hook-0123456789" },
    arrived: () => slack.posts.map(({ key }) => key),
  },
  {
    kind: "slack",
    server: () => slack,
    settings: (more) => {
      const config = { channel: "C0123ABCD", url: `${slack.url}/api` }
      return { kind: "slack", config, secrets: { token: slackToken, ...more } }
    },
    wrong: { token: "xoxb-not-the-token-0123456789" },
    arrived: () => slack.posts.map(({ key }) => key),
  },
  {
    kind: "pagerduty",
    server: () => pagerduty,
    settings: (more) => ({
      kind: "pagerduty",
      config: { url: pagerduty.url },
      secrets: { routingKey: pagerdutyKey, ...more },
    }),
    wrong: { routingKey: "99999999999999999999999999999999" },
    arrived: () => pagerduty.triggers.map(({ payload }) => String(payload.custom_details?.key)),
  },
  {
    kind: "webhook",
    server: () => receiver,
    settings: (more) => ({
      kind: "webhook",
      config: { url: receiver.url },
      secrets: { secret: webhookSecret, ...more },
    }),
    wrong: { secret: `whsec_${Buffer.alloc(32, 9).toString("base64")}` },
    arrived: () => receiver.received.map(({ id }) => id),
  },
]
const answer = (status: number, text = "", headers: Record<string, string> = {}) => {
  return (res: ServerResponse) => void res.writeHead(status, headers).end(text)
}

describe.each(httpKinds)("$kind", ({ kind, server, settings, wrong, arrived }) => {
  const secrets = () => Object.values(settings().secrets)
  async function refusal(sending: Promise<void>): Promise<ChannelRefusal> {
    const error = await sending.then(
      () => null,
      (found: unknown) => found,
    )
    if (!(error instanceof ChannelRefusal)) throw new Error(`no refusal: ${error}`)
    for (const secret of secrets()) expect(error.message).not.toContain(secret)
    return error
  }

  test("arrives; sent again it carries the same key", async () => {
    const message = channelMessage()
    await sendByKind(settings(), message, ports())
    await sendByKind(settings(), message, ports())
    expect(arrived().filter((key) => key === message.key)).toHaveLength(2)
  })

  test("an answer that was lost is no receipt", async () => {
    const message = channelMessage()
    server().loses = 1
    expect(await refusal(sendByKind(settings(), message, ports()))).toMatchObject({ final: false })
    expect(arrived()).toContain(message.key)
  })

  test.each([
    [
      "429 says for how long",
      answer(429, "", { "retry-after": "30" }),
      { final: false, retryAfterMs: 30_000 },
      /no more messages for now \(429\)/,
    ],
    ["429 without a time", answer(429), { final: false, retryAfterMs: null }, /429/],
    ["5xx passes", answer(503, "<html>Down</html>"), { final: false }, /answered 503$/],
    ["400 will not pass", answer(400, '{"message":"invalid"}'), { final: true }, /answered 400: invalid/],
    ["401 can be mended", answer(401), { final: false }, /does not know these credentials/],
    ["410 is over", answer(410), { final: true }, /410/],
    [
      "a redirect inwards is not followed",
      answer(307, "", { location: "http://169.254.169.254/latest" }),
      { final: false },
      /redirects to another address \(307\)/,
    ],
    [
      "an answer that ends in its middle",
      (res: ServerResponse) => {
        res.writeHead(200, { "content-length": "100" }).write('{"ok":tr')
        setImmediate(() => res.destroy())
      },
      { final: false },
      /could not be reached/,
    ],
    [
      "an answer that echoes what was sent",
      (res: ServerResponse) => void res.writeHead(403).end(`No: ${secrets().join(" ")}`),
      { final: false },
      /does not let these credentials/,
    ],
  ])("%s", async (_, trouble, expected, words) => {
    server().trouble.push(trouble)
    const found = await refusal(sendByKind(settings(), channelMessage(), ports()))
    expect(found).toMatchObject(expected)
    expect(found.message).toMatch(words)
  })

  test("a server that hangs is left in time, and whoever stops is not kept", async () => {
    server().trouble.push(() => undefined)
    const late = await refusal(sendByKind(settings(), channelMessage(), ports({ timeoutMs: 100 })))
    expect(late).toMatchObject({ final: false, message: expect.stringContaining("no complete answer within") })
    const stop = new AbortController()
    server().trouble.push(() => stop.abort(new Error("the worker ends")))
    await expect(sendByKind(settings(), channelMessage(), ports({ signal: stop.signal }))).rejects.toThrow(
      "the worker ends",
    )
  })

  test("wrong credentials are said without them", async () => {
    const more = Object.fromEntries(
      Object.entries(wrong).map(([name, value]) => [name, value.startsWith("/") ? `${server().url}${value}` : value]),
    )
    const found = await refusal(sendByKind(settings(more), channelMessage(), ports()))
    for (const secret of Object.values(wrong)) expect(found.message).not.toContain(secret)
    // PagerDuty calls a key that it does not know a bad event.
    expect(found.final).toBe(kind === "pagerduty")
  })

  test("the fence keeps it from private addresses", async () => {
    const before = arrived().length
    const found = await refusal(sendByKind(settings(), channelMessage(), ports({ allowPrivateNetwork: false })))
    expect(found.message).toMatch(/is not reached from here: 127\.0\.0\.1 is a loopback address/)
    expect(arrived()).toHaveLength(before)
  })

  test("settings that are not whole are said, not sent", async () => {
    const found = await refusal(sendByKind({ ...settings(), secrets: {} }, channelMessage(), ports()))
    expect(found.message).toMatch(/settings are incomplete/)
  })
})

describe("what only one of them does", () => {
  const settingsOf = (kind: string) => httpKinds.find((one) => one.kind === kind)?.settings() as ChannelSettings

  test.each([
    ["slack-webhook", answer(200, "<html>Sign in</html>")],
    ["slack", answer(200, '{"ok":tr')],
    ["slack", answer(200, "{}")],
    ["pagerduty", answer(202, '{"status":"succ')],
    ["pagerduty", answer(200, "<html>Proxy</html>")],
  ])("%s: an answer with a good status that says nothing is no receipt", async (kind, trouble) => {
    const server = httpKinds.find((one) => one.kind === kind)?.server()
    server?.trouble.push(trouble)
    await expect(sendByKind(settingsOf(kind), channelMessage(), ports())).rejects.toMatchObject({ final: false })
  })

  test("slack: what Slack refuses with 200 is one, for good only where the message is at fault", async () => {
    slack.trouble.push(answer(200, '{"ok":false,"error":"msg_too_long"}'))
    await expect(sendByKind(settingsOf("slack"), channelMessage(), ports())).rejects.toMatchObject({ final: true })
    const archived = { ...settingsOf("slack"), config: { channel: "archived", url: `${slack.url}/api` } }
    await expect(sendByKind(archived, channelMessage(), ports())).rejects.toMatchObject({
      ...{ final: false, message: "Slack did not take it: is_archived" },
    })
  })

  test("pagerduty: one alert from the page to the end, under the incident's id; a deployment is a change", async () => {
    pagerduty.alerts.clear()
    for (const act of ["trigger", "acknowledge", "resolve"] as const) {
      await sendByKind(settingsOf("pagerduty"), channelMessage({ act }), ports())
    }
    expect([...pagerduty.alerts]).toEqual([[INCIDENT, ["trigger", "acknowledge", "resolve"]]])
    expect(pagerduty.triggers.at(-1)).toMatchObject({
      payload: { severity: "critical", source: "postd/production", custom_details: { version: "1.2.0", For: "Oona" } },
      links: [{ href: expect.stringMatching(/\/incident$/) }],
    })
    const live = { act: "tell", topic: "go_live", incidentId: null, title: "1.2.0 is live" } as const
    await sendByKind(settingsOf("pagerduty"), channelMessage(live), ports())
    expect(pagerduty.changes.at(-1)?.payload.summary).toMatch(/^1\.2\.0 is live/)
  })

  test("webhook: the body holds the head of the chain, and names but no addresses", async () => {
    const message = channelMessage()
    await sendByKind(settingsOf("webhook"), message, ports())
    const [hooked] = receiver.received
    expect(hooked?.body).toMatchObject({
      ...{ type: "golive.page", timestamp: message.notification.at },
      data: { head: message.head, act: "trigger", incidentId: INCIDENT, url: message.url, people: [{ name: "Oona" }] },
    })
    expect(JSON.stringify(hooked?.body)).not.toContain("oona@example.com")
  })

  test("browser: a notice with the message's key; none where those whom it was for have left", async () => {
    const notices: ChannelNotice[] = []
    const taking = ports({ notice: async (notice) => void notices.push(notice) })
    const message = channelMessage()
    const settings = { kind: "browser", config: {}, secrets: {} }
    await sendByKind(settings, message, taking)
    expect(notices).toMatchObject([
      { key: message.key, userIds: [message.people[0]?.id], href: message.notification.path },
    ])
    const gone = sendByKind(settings, { ...message, people: [] }, taking)
    await expect(gone).rejects.toMatchObject({ final: true })
    expect(notices).toHaveLength(1)
  })
})

describe("email", () => {
  const settings = (more: object = {}, password = mailPassword): ChannelSettings => ({
    kind: "email",
    config: {
      ...{ host: "127.0.0.1", port: mail.port, security: "none", username: "golive" },
      ...{ from: "golive@example.com", to: ["all@example.com"], ...more },
    },
    secrets: { password },
  })
  const send = (more = {}, message = channelMessage(), through = ports()) =>
    sendByKind(settings(more), message, through)

  test("arrives with text and HTML; a copy carries the same Message-ID", async () => {
    const message = channelMessage()
    mail.trouble.push("drop")
    await expect(send({}, message)).rejects.toMatchObject({ final: false })
    await send({}, message)
    expect(mail.mails.map(({ headers }) => headers["message-id"])).toEqual(
      Array(2).fill(`<${message.key}@golive.example.com>`),
    )
    expect(mail.mails[1]).toMatchObject({
      ...{ from: "golive@example.com", to: ["all@example.com", "oona@example.com"], secure: false },
      headers: {
        ...{ "auto-submitted": "auto-generated", references: `<thread-${INCIDENT}@golive.example.com>` },
        "content-type": expect.stringMatching(/^multipart\/alternative/),
      },
    })
  })

  test("a title with line breaks writes no header", async () => {
    await send({}, channelMessage({ title: "Down\r\nBcc: eve@example.com\r\n\r\nHello" }))
    expect(mail.mails[0]?.headers.bcc).toBeUndefined()
    expect(mail.mails[0]?.to).not.toContain("eve@example.com")
  })

  test("STARTTLS is insisted on, and the certificate is looked at", async () => {
    const secure = { port: secureMail.port, security: "starttls" }
    await expect(send({ ...secure, port: mail.port })).rejects.toMatchObject({ final: false })
    expect(mail.mails).toEqual([])
    await expect(send(secure)).rejects.toThrow(/could not be used: .*(certificate|issuer)/i)
    await send({ ...secure, ca: caPem })
    expect(secureMail.mails).toMatchObject([{ secure: true }])
  })

  test.each([
    [451, "Try later", false],
    [554, "Not this one", true],
  ])("%i %s", async (code, words, final) => {
    mail.trouble.push({ code, words })
    await expect(send()).rejects.toMatchObject({ final, message: expect.stringContaining(words) })
  })

  test("who is refused is said; it is tried again where that may help", async () => {
    mail.refusedRecipients.set("oona@example.com", { code: 550, words: "No such person" })
    await expect(send()).rejects.toMatchObject({ final: true, message: expect.stringContaining("No such person") })
    expect(mail.mails).toMatchObject([{ to: ["all@example.com"] }])
    mail.refusedRecipients.set("oona@example.com", { code: 450, words: "Greylisted" })
    await expect(send()).rejects.toMatchObject({ final: false })
    mail.refusedRecipients.clear()
  })

  test("a wrong password can be mended, and is not said", async () => {
    const wrong = "not-the-password-0123456789"
    const sending = sendByKind(settings({}, wrong), channelMessage(), ports())
    await expect(sending).rejects.toMatchObject({ final: false, message: expect.stringContaining("credentials") })
    await expect(sending).rejects.not.toThrow(wrong)
  })

  test("a server that hangs is left in time, and whoever stops is not kept", async () => {
    mail.trouble.push("hang")
    await expect(send({}, channelMessage(), ports({ timeoutMs: 300 }))).rejects.toThrow(/did not answer in 0\.3 s/)
    const stop = new AbortController()
    mail.trouble.push("hang")
    const sending = send({}, channelMessage(), ports({ signal: stop.signal }))
    stop.abort(new Error("the worker ends"))
    await expect(sending).rejects.toThrow("the worker ends")
    mail.trouble.length = 0
  })

  test("the fence keeps it from private addresses, by name and by number", async () => {
    for (const host of ["127.0.0.1", "localhost", "0x7f000001", "169.254.169.254"]) {
      const fenced = send({ host }, channelMessage(), ports({ allowPrivateNetwork: false }))
      await expect(fenced).rejects.toThrow(/is not reached from here/)
    }
    await expect(send({ host: "169.254.169.254" })).rejects.toThrow(/is not reached from here/)
  })
})

test("every kind is tried here", () => {
  expect([...httpKinds.map(({ kind }) => kind), "email", "browser"].sort()).toEqual(Object.keys(channelSenders).sort())
})

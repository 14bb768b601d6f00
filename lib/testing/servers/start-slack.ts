import { z } from "zod"
import { type Received, type Reply, startTextServer } from "./start-text-server"

export const slackToken = "xoxb-0123456789-slacktoken"
export const slackHook = "/services/T0123456/B0123456/hookhookhookhookhookhook"

const plainText = z.strictObject({
  type: z.literal("plain_text"),
  text: z.string().min(1).max(150),
  emoji: z.boolean(),
})
const mrkdwn = (most: number) =>
  z.strictObject({ type: z.literal("mrkdwn"), text: z.string().min(1).max(most), verbatim: z.boolean() })
const blocks = z
  .array(
    z.discriminatedUnion("type", [
      z.strictObject({ type: z.literal("header"), text: plainText }),
      z.strictObject({
        type: z.literal("section"),
        text: mrkdwn(3_000).optional(),
        fields: z.array(mrkdwn(2_000)).max(10).optional(),
      }),
      z.strictObject({
        type: z.literal("context"),
        block_id: z.string().max(255).optional(),
        elements: z.array(mrkdwn(3_000)).max(10),
      }),
    ]),
  )
  .max(50)
const hookBody = z.strictObject({
  ...{ text: z.string().min(1).max(40_000), blocks },
  ...{ unfurl_links: z.boolean().optional(), unfurl_media: z.boolean().optional() },
})
const apiBody = hookBody.extend({
  ...{ channel: z.string(), parse: z.enum(["none", "full"]).optional(), link_names: z.boolean().optional() },
  metadata: z.strictObject({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) }).optional(),
})

export interface SlackPost {
  channel: string | null
  /** By which a copy is known. */
  key: string
  title: string
  text: string
  everything: string
}

/** Slack's incoming webhooks and `chat.postMessage`, as far as they are published. */
export async function startSlack() {
  const posts: SlackPost[] = []
  const server = await startTextServer((received) =>
    received.path === "/api/chat.postMessage" ? api(received) : hook(received),
  )

  function hook({ path, text }: Received): Reply {
    if (path !== slackHook) return { status: 404, text: "no_service" }
    const parsed = hookBody.safeParse(JSON.parse(text))
    if (!parsed.success) return { status: 400, text: "invalid_payload" }
    posts.push(post(parsed.data, null))
    return { status: 200, text: "ok" }
  }

  function api({ headers, text }: Received): Reply {
    const answer = (body: object) => ({
      ...{ status: 200, headers: { "content-type": "application/json" }, text: JSON.stringify(body) },
    })
    if (headers.authorization !== `Bearer ${slackToken}`) return answer({ ok: false, error: "invalid_auth" })
    const parsed = apiBody.safeParse(JSON.parse(text))
    if (!parsed.success) return answer({ ok: false, error: "invalid_blocks" })
    const { channel } = parsed.data
    if (channel === "archived") return answer({ ok: false, error: "is_archived" })
    posts.push(post(parsed.data, channel))
    return answer({ ok: true, channel, ts: `${posts.length}.000100` })
  }

  return Object.assign(server, { posts })
}

function post(body: z.infer<typeof hookBody>, channel: string | null): SlackPost {
  const title = body.blocks.find((block) => block.type === "header")?.text.text ?? ""
  const key = body.blocks.find((block) => block.type === "context")?.block_id ?? ""
  return { channel, key, title, text: body.text, everything: JSON.stringify(body) }
}

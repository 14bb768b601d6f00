import { z } from "zod"
import { type ChannelMessage, ChannelRefusal, type Send } from "../contract"
import { parseJson, postJson } from "../parts/post-json"
import { slackMessage } from "../parts/slack-message"
import { slackConfigSchema } from "./definition"

const answerSchema = z.object({ ok: z.boolean(), error: z.string().optional() })

/** The message is at fault. All else is Slack's trouble, or settings that can be mended: a token, a scope, a channel. */
const FINAL =
  /^(msg_too_long|no_text|invalid_blocks.*|invalid_arguments|invalid_arg_name|invalid_form_data|invalid_post_type|message_limit_exceeded|metadata_.*|markdown_text_conflict)$/

/** https://docs.slack.dev/reference/methods/chat.postMessage: what is refused comes with status 200, too. */
export const send: Send = async (rawConfig, message, ports) => {
  const { channel, token, url } = slackConfigSchema.parse(rawConfig)
  const body = { channel, ...slackMessage(message), parse: "none", link_names: false, metadata: metadataOf(message) }
  const headers = { authorization: `Bearer ${token}` }
  const answer = await postJson("Slack", { url: `${url.replace(/\/$/, "")}/chat.postMessage`, headers, body }, ports)
  const parsed = answerSchema.safeParse(parseJson(answer))
  if (!parsed.success) throw new ChannelRefusal("Slack's answer is not what it should be")
  const { ok, error = "no reason" } = parsed.data
  if (!ok) throw new ChannelRefusal(`Slack did not take it: ${error}`, { final: FINAL.test(error) })
}

/** For programs that read along: the same key is the same message. */
function metadataOf({ key, notification, head }: ChannelMessage) {
  const { topic, subject } = notification
  return {
    event_type: "golive_notification",
    event_payload: { key, topic, subject, ...(head ? { head_seq: head.seq, head_hash: head.hash } : {}) },
  }
}

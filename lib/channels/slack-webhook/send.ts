import { ChannelRefusal, type Send } from "../contract"
import { postJson } from "../parts/post-json"
import { slackMessage } from "../parts/slack-message"
import { slackWebhookConfigSchema } from "./definition"

/** https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks: answers `ok` as plain text. */
export const send: Send = async (config, message, ports) => {
  const { url } = slackWebhookConfigSchema.parse(config)
  const answer = await postJson("Slack", { url, body: slackMessage(message) }, ports)
  // A page of a proxy or a sign-in is no receipt.
  if (answer.trim() !== "ok") throw new ChannelRefusal("Slack did not answer “ok”: nothing says that it was taken")
}

import type { ChannelMessage, Send } from "../contract"
import { postText } from "../parts/post-json"
import { webhookConfigSchema } from "./definition"
import { signedHeaders } from "./sign"

/** Any 2xx is a receipt, as the specification has it: what the answer holds is nobody's business. */
export const send: Send = async (rawConfig, message, ports) => {
  const { url, secret } = webhookConfigSchema.parse(rawConfig)
  const body = JSON.stringify(bodyOf(message))
  const headers = signedHeaders(secret, { id: message.key, body, nowMs: Date.now() })
  await postText("The receiver", { url, headers, body }, ports)
}

function bodyOf({ notification, people, url, head }: ChannelMessage) {
  const { topic, act, severity, title, text, facts, service, environment, release, incidentId, subject, at } =
    notification
  return {
    type: `golive.${topic}`,
    timestamp: at,
    data: {
      ...{ topic, act, severity, title, text, facts, url, subject, incidentId },
      ...{ service, environment, release },
      // Names, no addresses: those stay here.
      people: people.map(({ id, name }) => ({ id, name })),
      head,
    },
  }
}

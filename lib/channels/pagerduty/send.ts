import { z } from "zod"
import { type ChannelMessage, ChannelRefusal, type Send } from "../contract"
import { factInWords } from "../parts/instant"
import { parseJson, postJson } from "../parts/post-json"
import { rendered, shortened } from "../parts/rendered"
import { pagerdutyConfigSchema } from "./definition"

/** https://developer.pagerduty.com/docs/send-alert-event and send-change-event: both answer 202. */
const answerSchema = z.object({ status: z.literal("success") })
const SUMMARY_CHARS = 1_024
const severities = { critical: "critical", warning: "warning", info: "info", good: "info" } as const

export const send: Send = async (rawConfig, message, ports) => {
  const { routingKey: routing_key, url } = pagerdutyConfigSchema.parse(rawConfig)
  const { act, incidentId } = message.notification
  const isAlert = act !== "tell" && incidentId !== null
  const body = isAlert
    ? { routing_key, event_action: act, dedup_key: incidentId, ...(act === "trigger" ? alert(message) : {}) }
    : { routing_key, payload: change(message), links: links(message) }
  const path = isAlert ? "/v2/enqueue" : "/v2/change/enqueue"
  const answer = await postJson("PagerDuty", { url: `${url.replace(/\/$/, "")}${path}`, body }, ports)
  // Sent again under the same key it is one alert still.
  if (!answerSchema.safeParse(parseJson(answer)).success) {
    throw new ChannelRefusal("PagerDuty's answer is not what it should be: nothing says that it was taken")
  }
}

function alert(message: ChannelMessage) {
  const { severity, topic, environment, service } = message.notification
  return {
    payload: {
      ...change(message),
      severity: severities[severity],
      ...{ component: service.key, group: environment.key, class: topic },
    },
    links: links(message),
    client: "Golive",
    client_url: message.url,
  }
}

function change(message: ChannelMessage) {
  const { title, where } = rendered(message)
  const { service, environment, at } = message.notification
  return {
    summary: shortened(`${title} (${where})`, SUMMARY_CHARS),
    source: `${service.key}/${environment.key}`,
    timestamp: at,
    custom_details: details(message),
  }
}

function details(message: ChannelMessage): Record<string, string> {
  const { text, facts, where, head } = rendered(message)
  return {
    ...(text ? { text } : {}),
    ...Object.fromEntries(facts.map(({ name, value }) => [name, factInWords(value)])),
    ...{ release: where, version: message.notification.release.version, key: message.key },
    ...(head ? { chain_head: head } : {}),
  }
}

const links = ({ url }: ChannelMessage) => [{ href: url, text: "Open in Golive" }]

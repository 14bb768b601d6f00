// Written by scripts/generate.mjs from the names of the folders here.
import { send as browserKind } from "./browser/send"
import { send as emailKind } from "./email/send"
import { send as pagerdutyKind } from "./pagerduty/send"
import { send as slackKind } from "./slack/send"
import { send as slackWebhookKind } from "./slack-webhook/send"
import { send as webhookKind } from "./webhook/send"

export const channelSenders = {
  browser: browserKind,
  email: emailKind,
  pagerduty: pagerdutyKind,
  slack: slackKind,
  "slack-webhook": slackWebhookKind,
  webhook: webhookKind,
} as const

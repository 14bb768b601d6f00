// Written by scripts/generate.mjs from the names of the folders here.
import { definition as browserKind } from "./browser/definition"
import { definition as emailKind } from "./email/definition"
import { definition as pagerdutyKind } from "./pagerduty/definition"
import { definition as slackKind } from "./slack/definition"
import { definition as slackWebhookKind } from "./slack-webhook/definition"
import { definition as webhookKind } from "./webhook/definition"

export const channelDefinitions = {
  browser: browserKind,
  email: emailKind,
  pagerduty: pagerdutyKind,
  slack: slackKind,
  "slack-webhook": slackWebhookKind,
  webhook: webhookKind,
} as const

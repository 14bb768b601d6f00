import { z } from "zod"
import { type Reply, startTextServer } from "./start-text-server"

export const pagerdutyKey = "abcdef0123456789abcdef0123456789"

const routing_key = z.string().length(32)
const links = z.array(z.strictObject({ href: z.url(), text: z.string() }))
const change = z.strictObject({
  routing_key,
  payload: z.strictObject({
    ...{ summary: z.string().min(1).max(1_024), source: z.string().optional(), timestamp: z.iso.datetime().optional() },
    custom_details: z.record(z.string(), z.unknown()).optional(),
  }),
  links: links.optional(),
})
const dedup_key = z.string().min(1).max(255)
const event = z.discriminatedUnion("event_action", [
  z.strictObject({
    ...{ routing_key, dedup_key: dedup_key.optional(), event_action: z.literal("trigger"), links: links.optional() },
    payload: change.shape.payload.extend({
      ...{ source: z.string(), severity: z.enum(["critical", "error", "warning", "info"]) },
      ...{ component: z.string().optional(), group: z.string().optional(), class: z.string().optional() },
    }),
    ...{ client: z.string().optional(), client_url: z.url().optional() },
  }),
  z.strictObject({ routing_key, dedup_key, event_action: z.literal("acknowledge") }),
  z.strictObject({ routing_key, dedup_key, event_action: z.literal("resolve") }),
])

/** PagerDuty's Events API v2, as far as it is published: alerts by their dedup key, and changes. */
export async function startPagerduty() {
  const alerts = new Map<string, string[]>()
  const changes: z.infer<typeof change>[] = []
  const triggers: Extract<z.infer<typeof event>, { event_action: "trigger" }>[] = []
  const server = await startTextServer(({ path, text }): Reply => {
    const body: unknown = JSON.parse(text)
    const isChange = path === "/v2/change/enqueue"
    if (!isChange && path !== "/v2/enqueue") return { status: 404, text: "" }
    const parsed = isChange ? change.safeParse(body) : event.safeParse(body)
    if (!parsed.success || parsed.data.routing_key !== pagerdutyKey) return refused(parsed)
    if ("event_action" in parsed.data) {
      const { event_action, dedup_key: key = "" } = parsed.data
      alerts.set(key, [...(alerts.get(key) ?? []), event_action])
      if (parsed.data.event_action === "trigger") triggers.push(parsed.data)
    } else changes.push(parsed.data)
    return { status: 202, text: JSON.stringify({ status: "success", message: "Event processed" }) }
  })
  return Object.assign(server, { alerts, triggers, changes })
}

function refused({ error }: { error?: z.ZodError | undefined }): Reply {
  const errors = error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) ?? ["Invalid routing key"]
  return {
    ...{ status: 400, headers: { "content-type": "application/json" } },
    text: JSON.stringify({ status: "invalid event", message: "Event object is invalid", errors }),
  }
}

import { z } from "zod"
import { personRefSchema } from "@/lib/domain/timeline/actor"
import { topicKeys } from "./topics"

export const notificationSeverities = ["info", "good", "warning", "critical"] as const

/** What is said to the outside: the same words whichever way they leave. It is the payload of an outbox row. */
export const notificationSchema = z.strictObject({
  topic: z.enum(topicKeys),
  /** What it is about: messages with the same subject keep their order in each channel. An incident's id, or the release's. */
  subject: z.string(),
  /** For ways out that group by a key: an incident's id. Null: it stands alone. */
  incidentId: z.string().nullable(),
  /** What a pager does with it. */
  act: z.enum(["trigger", "acknowledge", "resolve", "tell"]),
  severity: z.enum(notificationSeverities),
  title: z.string(),
  text: z.string(),
  facts: z.array(z.strictObject({ name: z.string(), value: z.string() })),
  service: z.strictObject({ key: z.string(), name: z.string() }),
  environment: z.strictObject({ key: z.string(), name: z.string() }),
  release: z.strictObject({ id: z.string(), name: z.string(), version: z.string() }),
  /** Whom it is for, by name. Empty: whoever the channel reaches. */
  people: z.array(personRefSchema),
  /** Below the console's address. A link, never a button that does something. */
  path: z.string(),
  at: z.string(),
})
export type Notification = z.infer<typeof notificationSchema>

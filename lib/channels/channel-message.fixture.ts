import type { Notification } from "@/lib/domain/notification/notification"
import type { ChannelMessage } from "./contract"

export const INCIDENT = "3b1f8a52-6c1e-4d9f-9d53-1c1b5d0d7a11"
export const RELEASE = "0d5a3f0e-3f2f-4a6e-9d53-1c1b5d0d7a22"

export function notification(more: Partial<Notification> = {}): Notification {
  return {
    ...{ topic: "page", subject: INCIDENT, incidentId: INCIDENT, act: "trigger", severity: "critical" },
    ...{ title: "Page: Checkout is down", text: "Error rate 9 % for 5 minutes" },
    facts: [
      { name: "Severity", value: "critical" },
      { name: "Paged again", value: "2026-11-24T16:30:00.000Z" },
    ],
    service: { key: "postd", name: "POSTD" },
    environment: { key: "production", name: "Production" },
    release: { id: RELEASE, name: "POSTD 1.2.0", version: "1.2.0" },
    people: [{ id: "5f0c7a0e-3f2f-4a6e-9d53-1c1b5d0d7a33", name: "Oona" }],
    ...{ path: `/releases/${RELEASE}/incident`, at: "2026-11-24T16:15:00.000Z" },
    ...more,
  }
}

export function channelMessage(more: Partial<Notification> = {}, key: string = crypto.randomUUID()): ChannelMessage {
  const said = notification(more)
  const consoleUrl = "https://golive.example.com"
  return {
    ...{ key, notification: said, consoleUrl, url: `${consoleUrl}${said.path}`, serviceId: "s" },
    people: said.people.map((person) => ({ ...person, email: `${person.name.toLowerCase()}@example.com` })),
    head: { releaseId: RELEASE, seq: 42, hash: "f".repeat(64) },
  }
}

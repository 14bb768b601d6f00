/** What a channel can be asked to tell, as a person reads it in the table of who gets what. */
export const topics = {
  go_live: { title: "Go-live", what: "Planned, near, begun, live, failed; maintenance mode" },
  signatures: { title: "Signatures", what: "Somebody is waited for, declined, or a signature became void" },
  override: { title: "Overrides", what: "A start outside the window is asked for or approved" },
  verification: { title: "Verification", what: "The verdict" },
  rollback: { title: "Rollback", what: "Asked for, counting down, stopped, begun, verified, failed" },
  incident: { title: "Incidents", what: "Declared, changed, acknowledged, resolved" },
  page: { title: "Pages", what: "Somebody on call is called" },
  alert: { title: "Alerts", what: "A threshold is breached or fine again" },
  round: { title: "Rounds", what: "A round waits for a person, or was missed" },
  team_update: { title: "Updates for the team", what: "What the team is told during an incident" },
  customer_update: { title: "Updates for customers", what: "What customers are told during an incident" },
  after: { title: "Afterwards", what: "Three days over, reviews, follow-ups" },
} as const

export type Topic = keyof typeof topics
export const topicKeys = Object.keys(topics) as Topic[]

import { type Role, roles, signoffRoles } from "./roles"

/** What an API token can be allowed to do. */
export const scopes = [
  "read",
  "evidence:write",
  "checklist:write",
  "release:write",
  "deploy",
  "incident:write",
] as const
export type Scope = (typeof scopes)[number]

interface Rule {
  /** Holding one of these for the service is enough. */
  roles: readonly Role[]
  /** The token scope it needs. Null: a person must be there, tokens are refused. */
  scope: Scope | null
  /** In words, after "may". */
  what: string
}

const everyone = roles
const allButViewer = roles.filter((role) => role !== "viewer")
const operators = ["admin", "tech_lead", "devops", "ops"] as const satisfies readonly Role[]
const leads = ["admin", "tech_lead", "devops"] as const satisfies readonly Role[]

/** The one authorisation table: pages, API and verbs ask it and nothing else. Roles are held for a service. */
export const policy = {
  "release.read": { roles: everyone, scope: "read", what: "see releases" },
  "release.create": { roles: ["admin", "tech_lead"], scope: "release:write", what: "create a release" },
  "release.close": { roles: ["admin", "tech_lead"], scope: "release:write", what: "close a release" },
  "checklist.edit": { roles: allButViewer, scope: "checklist:write", what: "change checklist items" },
  "checklist.waive": {
    roles: ["admin", "tech_lead", "security"],
    scope: "checklist:write",
    what: "waive a checklist item or mark it as not applicable",
  },
  "checklist.check": { roles: allButViewer, scope: "checklist:write", what: "run an item's check" },
  "evidence.add": { roles: allButViewer, scope: "evidence:write", what: "add evidence to a checklist item" },
  "evidence.remove": { roles: allButViewer, scope: "checklist:write", what: "take evidence away from an item" },
  // Admins do not sign by being admins: a signature is worth what the held role is worth.
  "signoff.sign": { roles: signoffRoles, scope: null, what: "sign or decline for a role they hold" },
  "signoff.withdraw": { roles: ["admin", ...signoffRoles], scope: null, what: "withdraw a signature" },
  // The decision narrows it to admins and the person who declined.
  "signoff.reopen": { roles: ["admin", ...signoffRoles], scope: null, what: "re-open a declined sign-off" },
  "signoff.delegate": { roles: signoffRoles, scope: null, what: "name a stand-in for a role they hold" },
  "signoff.remind": { roles: allButViewer, scope: "release:write", what: "remind those who have not signed" },
  "schedule.set": { roles: operators, scope: "deploy", what: "schedule or unschedule the go-live" },
  "calendar.read": { roles: everyone, scope: "read", what: "see windows, freezes and what is planned" },
  "calendar.edit": { roles: leads, scope: null, what: "change windows and freezes" },
  "override.request": { roles: leads, scope: null, what: "ask to start outside the window" },
  "override.approve": { roles: leads, scope: null, what: "approve a start outside the window" },
  "deploy.start": { roles: operators, scope: "deploy", what: "start the deployment" },
  "deploy.abort": { roles: operators, scope: "deploy", what: "abort the deployment" },
  "deploy.pause": { roles: operators, scope: "deploy", what: "pause the deployment, or let it go on" },
  "step.confirm": { roles: operators, scope: "deploy", what: "confirm a step" },
  "step.skip": { roles: operators, scope: "deploy", what: "skip a step" },
  "verification.steer": {
    roles: operators,
    scope: "deploy",
    what: "make the watch longer or shorter, or take it as it is",
  },
  "followup.edit": { roles: allButViewer, scope: "checklist:write", what: "take, hand on and tick follow-ups" },
  "rollback.start": { roles: operators, scope: "deploy", what: "start a rollback" },
  "flag.set": { roles: operators, scope: "deploy", what: "turn a feature flag" },
  "rollback.stop": { roles: operators, scope: "deploy", what: "stop a rollback's countdown" },
  "incident.declare": { roles: allButViewer, scope: "incident:write", what: "declare an incident" },
  "incident.respond": {
    roles: allButViewer,
    scope: "incident:write",
    what: "acknowledge an incident and work on it",
  },
  "incident.resolve": { roles: operators, scope: "incident:write", what: "resolve or re-open an incident" },
  "incident.communicate": {
    roles: ["admin", "tech_lead", "devops", "product", "ops"],
    scope: null,
    what: "tell the team and customers about an incident",
  },
  "oncall.read": { roles: everyone, scope: "read", what: "see who is on call" },
  "oncall.edit": { roles: operators, scope: null, what: "change who is on call" },
  "channel.read": { roles: allButViewer, scope: "read", what: "see channels and who gets what" },
  "channel.edit": { roles: ["admin", "devops"], scope: null, what: "change channels and who gets what" },
  "channel.test": { roles: leads, scope: null, what: "send a test message, or one once more" },
  "round.judge": { roles: allButViewer, scope: "checklist:write", what: "do rounds and hand the watch over" },
  "review.schedule": { roles: allButViewer, scope: "release:write", what: "schedule a review" },
  "report.edit": { roles: allButViewer, scope: "release:write", what: "write reports" },
  "insights.read": { roles: everyone, scope: "read", what: "see figures across releases" },
  "status_page.edit": {
    roles: ["admin", "devops", "product"],
    scope: null,
    what: "switch a service's public status page on or off",
  },
  "environment.unlock": { roles: leads, scope: null, what: "unlock an environment" },
  "environment.read": { roles: everyone, scope: "read", what: "see services and environments" },
  "environment.edit": { roles: ["admin", "devops"], scope: null, what: "change an environment's settings" },
  "environment.test": { roles: leads, scope: "deploy", what: "test an environment's connection" },
  // Names and dates; values are never read again.
  "secret.read": {
    roles: ["admin", "tech_lead", "devops", "security"],
    scope: null,
    what: "see which secrets there are",
  },
  "secret.write": { roles: ["admin", "devops", "security"], scope: null, what: "set or remove a secret" },
  "token.create": { roles: everyone, scope: null, what: "create an API token" },
  "token.revoke": { roles: everyone, scope: null, what: "revoke an API token" },
  "audit.export": { roles: everyone, scope: "read", what: "take the record away, to verify it elsewhere" },
  "audit.verify": { roles: everyone, scope: "read", what: "verify the timeline" },
  "people.read": { roles: everyone, scope: "read", what: "see people and their roles" },
  "people.manage": { roles: ["admin"], scope: null, what: "manage people and their roles" },
  "playbook.read": { roles: everyone, scope: "read", what: "see playbooks" },
  "playbook.publish": { roles: ["admin", "tech_lead"], scope: null, what: "publish a playbook" },
} as const satisfies Record<string, Rule>

export type Action = keyof typeof policy

const table: Record<Action, Rule> = policy
export const actions = Object.keys(policy) as Action[]

export function mayPerform(held: readonly Role[], action: Action): boolean {
  return roleThatLets(held, action) !== null
}

/** The first held role that allows it, to be named on the timeline. */
export function roleThatLets(held: readonly Role[], action: Action): Role | null {
  return table[action].roles.find((role) => held.includes(role)) ?? null
}

export function allowedActions(held: readonly Role[]): Action[] {
  return actions.filter((action) => mayPerform(held, action))
}

/** Whether a token with these scopes may be used for it; the person's roles are asked besides. */
export function tokenMayPerform(tokenScopes: readonly Scope[], action: Action): boolean {
  const { scope } = table[action]
  return scope !== null && tokenScopes.includes(scope)
}

/** "needs the role Tech Lead or Admin" is built from this. */
export function rolesThatMay(action: Action): readonly Role[] {
  return table[action].roles
}

import { describe, expect, it } from "vitest"
import {
  type Action,
  actions,
  allowedActions,
  mayPerform,
  policy,
  roleThatLets,
  scopes,
  tokenMayPerform,
} from "./policy"
import { type Role, roles } from "./roles"

/** Written out once more by hand: A admin, T tech lead, D devops, P product, S security, O ops, V viewer. */
const letters: Record<string, Role> = {
  A: "admin",
  T: "tech_lead",
  D: "devops",
  P: "product",
  S: "security",
  O: "ops",
  V: "viewer",
}
const expected: Record<Action, [who: string, scope: string | null]> = {
  "release.read": ["ATDPSOV", "read"],
  "release.create": ["AT", "release:write"],
  "release.close": ["AT", "release:write"],
  "checklist.edit": ["ATDPSO", "checklist:write"],
  "checklist.waive": ["ATS", "checklist:write"],
  "checklist.check": ["ATDPSO", "checklist:write"],
  "evidence.add": ["ATDPSO", "evidence:write"],
  "evidence.remove": ["ATDPSO", "checklist:write"],
  "environment.read": ["ATDPSOV", "read"],
  "secret.read": ["ATDS", null],
  "secret.write": ["ADS", null],
  "signoff.sign": ["TDPS", null],
  "signoff.withdraw": ["ATDPS", null],
  "signoff.reopen": ["ATDPS", null],
  "signoff.delegate": ["TDPS", null],
  "signoff.remind": ["ATDPSO", "release:write"],
  "schedule.set": ["ATDO", "deploy"],
  "calendar.read": ["ATDPSOV", "read"],
  "calendar.edit": ["ATD", null],
  "override.request": ["ATD", null],
  "override.approve": ["ATD", null],
  "deploy.start": ["ATDO", "deploy"],
  "deploy.abort": ["ATDO", "deploy"],
  "deploy.pause": ["ATDO", "deploy"],
  "step.confirm": ["ATDO", "deploy"],
  "step.skip": ["ATDO", "deploy"],
  "verification.steer": ["ATDO", "deploy"],
  "followup.edit": ["ATDPSO", "checklist:write"],
  "rollback.start": ["ATDO", "deploy"],
  "rollback.stop": ["ATDO", "deploy"],
  "flag.set": ["ATDO", "deploy"],
  "incident.declare": ["ATDPSO", "incident:write"],
  "incident.respond": ["ATDPSO", "incident:write"],
  "incident.resolve": ["ATDO", "incident:write"],
  "incident.communicate": ["ATDPO", null],
  "oncall.read": ["ATDPSOV", "read"],
  "oncall.edit": ["ATDO", null],
  "channel.read": ["ATDPSO", "read"],
  "channel.edit": ["AD", null],
  "channel.test": ["ATD", null],
  "round.judge": ["ATDPSO", "checklist:write"],
  "review.schedule": ["ATDPSO", "release:write"],
  "report.edit": ["ATDPSO", "release:write"],
  "insights.read": ["ATDPSOV", "read"],
  "status_page.edit": ["ADP", null],
  "environment.unlock": ["ATD", null],
  "environment.edit": ["AD", null],
  "environment.test": ["ATD", "deploy"],
  "token.create": ["ATDPSOV", null],
  "token.revoke": ["ATDPSOV", null],
  "audit.export": ["ATDPSOV", "read"],
  "audit.verify": ["ATDPSOV", "read"],
  "people.read": ["ATDPSOV", "read"],
  "people.manage": ["A", null],
  "playbook.read": ["ATDPSOV", "read"],
  "playbook.publish": ["AT", null],
}

describe("the authorisation table", () => {
  it("names every action once", () => {
    expect(Object.keys(expected).sort()).toEqual([...actions].sort())
  })

  const cells = actions.flatMap((action) =>
    Object.entries(letters).map(([letter, role]) => [role, action, expected[action][0].includes(letter)] as const),
  )
  it.each(cells)("%s, %s: %s", (role, action, may) => {
    expect(mayPerform([role], action)).toBe(may)
    expect(allowedActions([role]).includes(action)).toBe(may)
    expect(roleThatLets([role], action)).toBe(may ? role : null)
  })

  it.each(actions)("%s: a person without a role may not", (action) => {
    expect(mayPerform([], action)).toBe(false)
  })

  it.each(actions)("%s: scope", (action) => {
    const [, scope] = expected[action]
    expect(policy[action].scope).toBe(scope)
    for (const each of scopes) expect(tokenMayPerform([each], action)).toBe(each === scope)
    expect(tokenMayPerform([...scopes], action)).toBe(scope !== null)
  })

  it("several roles add up", () => {
    expect(mayPerform(["viewer", "ops"], "deploy.start")).toBe(true)
    expect(allowedActions([...roles])).toEqual(actions)
  })
})

import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { checkDefinitions } from "@/lib/checks/definitions.gen"
import { diffPlaybooks } from "./diff-playbooks"
import { parsePlaybook } from "./parse-playbook"
import type { Playbook } from "./schema"

const source = readFileSync(new URL("../../prisma/seed/playbooks/postd-go-live.yaml", import.meta.url), "utf8")

function read(text: string): Playbook {
  const result = parsePlaybook(text, { kinds: Object.keys(checkDefinitions) })
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.playbook
}

const before = read(source)

test("a playbook does not differ from itself", () => {
  expect(diffPlaybooks(before, read(source))).toEqual([])
})

test("changes are told by key, not by place", () => {
  const after = structuredClone(before)
  const [group] = after.checklist.groups
  if (!group?.items[0]) throw new Error("the seed has items")
  const [removed] = group.items.splice(1, 1)
  group.items[0].title = "Another title"
  group.items.push({ key: "new-one", title: "New", evidence: "Something", waivable: true })
  after.rollback.budget = "4m"
  const at = "checklist.groups.security-credentials.items"
  expect(diffPlaybooks(before, after)).toEqual([
    {
      type: "changed",
      path: `${at}.oauth-credentials.title`,
      before: before.checklist.groups[0]?.items[0]?.title,
      after: "Another title",
    },
    { type: "added", path: `${at}.new-one`, after: group.items.at(-1) },
    { type: "removed", path: `${at}.oauth-redirect-uris`, before: removed },
    { type: "changed", path: "rollback.budget", before: "5m", after: "4m" },
  ])
})

test("a change of order alone is a move", () => {
  const after = structuredClone(before)
  after.after72h.reverse()
  const changes = diffPlaybooks(before, after)
  expect(new Set(changes.map((change) => change.type))).toEqual(new Set(["moved"]))
  expect(changes).toHaveLength(8)
})

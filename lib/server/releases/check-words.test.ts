import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { Timeline } from "@/lib/domain/release/release.fixture"
import { parsePlaybook } from "@/lib/playbook/parse-playbook"
import { knownChecks } from "@/lib/server/playbooks/known-checks"
import { checkWords } from "./check-words"

const environment = { key: "production", name: "Production", baseUrl: "https://postd.example" }

function examplePlaybook() {
  const parsed = parsePlaybook(readFileSync("prisma/seed/playbooks/postd-go-live.yaml", "utf8"), knownChecks)
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join("\n"))
  return parsed.playbook
}

test("every check of the example playbook is told in words, with names in place of what is not shown", () => {
  const playbook = examplePlaybook()
  const words = checkWords(playbook, new Timeline().state, environment)
  const bound = playbook.checklist.groups.flatMap(({ items }) => items).filter(({ check }) => check)
  expect(Object.keys(words).sort()).toEqual(bound.map(({ key }) => key).sort())
  for (const [key, told] of Object.entries(words)) {
    expect(told.words.length, key).toBeGreaterThan(0)
    expect(told.words.join("\n"), key).not.toContain("{{")
  }
  expect(words["cors-policy"]?.words[0]).toContain("https://postd.example/")
})

test("a check whose kind or settings this console does not know is still named", () => {
  const playbook = examplePlaybook()
  const [group] = playbook.checklist.groups
  const [item] = group?.items ?? []
  if (!group || !item) throw new Error("the example is empty")
  const check = { kind: "crystal-ball", config: { secret: "{{secret.TOKEN}}" } }
  const state = { ...new Timeline().state, playbook: { versionId: "other", number: 1, hash: "", name: "" } }
  const odd = { ...playbook, checklist: { groups: [{ ...group, items: [{ ...item, check }] }] } }
  expect(checkWords(odd, state, environment)).toEqual({
    [item.key]: { kind: "crystal-ball", title: "crystal-ball", words: [] },
  })
})

import { describe, expect, it } from "vitest"
import { Timeline } from "@/lib/domain/release/release.fixture"
import { changesInWords, contentChanges, type ItemWords } from "./content-changes"
import { type CoveredContent, type CoveredItem, coveredContent } from "./covered-content"

const content = coveredContent(new Timeline().ready().state)
const words = (key: string): ItemWords => ({ title: `Item ${key}`, before: "12 rows", after: "13 rows" })
const changes = (before: CoveredContent, after: CoveredContent) => contentChanges(before, after, words)

function withItem(change: Partial<CoveredItem>, key = "manual"): CoveredContent {
  return { ...content, items: content.items.map((item) => (item.key === key ? { ...item, ...change } : item)) }
}

describe("a change of what is signed", () => {
  it("is none where nothing changed", () => {
    expect(changes(content, structuredClone(content))).toEqual([])
  })

  it.each<[string, CoveredContent, CoveredContent, object]>([
    [
      "the ref",
      content,
      { ...content, release: { ...content.release, ref: "v1.1.1" } },
      {
        subject: "release",
        field: "ref",
        from: "v1.1.0",
        to: "v1.1.1",
        words: "the release’s ref went from v1.1.0 to v1.1.1",
      },
    ],
    [
      "the commit, by its beginning",
      { ...content, release: { ...content.release, commit: "a".repeat(40) } },
      { ...content, release: { ...content.release, commit: "b".repeat(40) } },
      { field: "commit", to: "b".repeat(40), words: "the release’s commit went from aaaaaaaaaaaa to bbbbbbbbbbbb" },
    ],
    [
      "a commit where there was none",
      { ...content, release: { ...content.release, commit: null } },
      content,
      { field: "commit", from: null, to: "bbb", words: "the release’s commit went from nothing to bbb" },
    ],
    [
      "the playbook's version",
      content,
      { ...content, playbook: { ...content.playbook, number: 2 } },
      { subject: "playbook", field: "number", from: "1", to: "2", words: "the playbook’s version went from 1 to 2" },
    ],
    [
      "the environment",
      content,
      { ...content, environment: { ...content.environment, key: "staging" } },
      { subject: "environment", field: "key", words: "the environment’s key went from production to staging" },
    ],
    [
      "an item's state",
      content,
      withItem({ state: "not_applicable" }),
      { subject: "checklist/manual", field: "state", words: "“Item manual” went from passed to not applicable" },
    ],
    [
      "an item's evidence",
      withItem({ resultHash: "1".repeat(64) }),
      withItem({ resultHash: "2".repeat(64) }),
      {
        field: "evidence",
        from: "1".repeat(64),
        to: "2".repeat(64),
        words: "“Item manual” has new evidence: “13 rows” (222222222222) instead of “12 rows” (111111111111)",
      },
    ],
    [
      "first evidence",
      content,
      withItem({ resultHash: "2".repeat(64) }),
      { words: "“Item manual” has evidence now: “13 rows” (222222222222)" },
    ],
    [
      "evidence that is gone",
      withItem({ resultHash: "1".repeat(64) }),
      content,
      { field: "evidence", to: null, words: "“Item manual” has no evidence any more" },
    ],
    [
      "what is attached",
      withItem({ attachments: ["aaa", "bbb"] }),
      withItem({ attachments: ["bbb", "ccc"] }),
      { field: "attachments", words: "“Item manual” has other evidence beside its proof (added ccc; taken away aaa)" },
    ],
    [
      "a waiver's reason",
      withItem({ state: "waived", waiverReason: "later" }),
      withItem({ state: "waived", waiverReason: "never" }),
      {
        field: "waiver_reason",
        from: "later",
        to: "never",
        words: "the reason why “Item manual” is waived went from “later” to “never”",
      },
    ],
    [
      "an item that is new",
      { ...content, items: content.items.filter(({ key }) => key !== "strict") },
      content,
      { subject: "checklist/strict", from: null, to: "passed", words: "“Item strict” is new" },
    ],
    [
      "an item that is gone",
      content,
      { ...content, items: content.items.filter(({ key }) => key !== "strict") },
      { subject: "checklist/strict", from: "passed", to: null, words: "“Item strict” is gone" },
    ],
  ])("%s is named, from what to what", (_, before, after, expected) => {
    const found = changes(before, after)
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject(expected)
  })

  it("says all that changed about an item, one clause an item, and counts what is too much to read", () => {
    const after = withItem({ state: "waived", waiverReason: "later", resultHash: "2" })
    expect(changes(content, after).map(({ field }) => field)).toEqual(["state", "evidence", "waiver_reason"])
    expect(changesInWords(changes(content, after))).toEqual(["“Item manual” went from passed to waived"])
    const renamed = { ...after, release: { ...content.release, name: "X", ref: "r", version: "2" } }
    expect(changesInWords(changes(content, renamed), 2)).toEqual([
      "the release’s name went from POSTD 1.1.0 to X",
      "the release’s version went from 1.1.0 to 2",
      "and 2 more",
    ])
  })

  it("does not carry long texts whole", () => {
    const after = withItem({ state: "waived", waiverReason: "x".repeat(4_000) })
    const before = withItem({ state: "waived", waiverReason: "y" })
    expect(changes(before, after)[0]?.words.length).toBeLessThan(200)
  })
})

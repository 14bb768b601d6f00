import { describe, expect, it } from "vitest"
import { errorRule, Timeline, worker } from "@/lib/domain/release/release.fixture"
import { commandFacts, fillCommand } from "./fill-command"
import { type CommonIssue, firingAlerts, matchIssues } from "./match-issues"

const issues: CommonIssue[] = [
  { key: "memory", issue: "High memory usage", symptoms: "Increasing memory, then crash", solution: "Restart" },
  { key: "database-timeout", issue: "Database timeout", symptoms: "Slow queries, 503 errors", solution: "Pool" },
  { key: "oauth-failing", issue: "OAuth failing", symptoms: '"Invalid state" errors', solution: "Credentials" },
  { key: "rate-limiting", issue: "Rate limiting", symptoms: "429 errors from clients", solution: "Limits" },
  { key: "queue-backlog", issue: "Queue backlog", symptoms: "Jobs not processing", solution: "Workers" },
]
const alert = (title: string, metric: string | null = null) => ({
  ...{ kind: "threshold" as const, title, metric, words: `${title}, seen` },
})
const first = (...alerts: ReturnType<typeof alert>[]) =>
  matchIssues(issues, alerts)
    .filter(({ because }) => because.length > 0)
    .map(({ key }) => key)

describe("common issues", () => {
  it.each([
    ["OAuth failing > 10%", null, "oauth-failing"],
    ["Something", "oauth_success_rate", "oauth-failing"],
    ["Database slow (queries > 500ms)", null, "database-timeout"],
    ["Database unavailable", null, "database-timeout"],
    ["Something", "db_query_p99", "database-timeout"],
    ["Queue backlog > 1000 jobs", null, "queue-backlog"],
    ["Check background job processing", "queue_depth", "queue-backlog"],
    ["Check for memory leaks or resource issues", null, "memory"],
    ["Clients get 429", null, "rate-limiting"],
  ])("%s (%s): %s", (title, metric, key) => {
    expect(first(alert(title, metric))).toEqual([key])
  })

  it("the metrics that the playbook names come before words", () => {
    const [memory, ...rest] = issues as [CommonIssue, ...CommonIssue[]]
    const named = [{ ...memory, metrics: ["queue_depth" as const] }, ...rest.slice(0, -1)]
    expect(matchIssues(named, [alert("Backlog", "queue_depth")])[0]).toMatchObject({
      key: "memory",
      because: ["Backlog, seen"],
    })
  })

  it("what fits most comes first; all others stay, in their order", () => {
    const all = matchIssues(issues, [
      alert("OAuth failing > 10%"),
      alert("OAuth failing > 50%"),
      alert("Queue backlog"),
    ])
    expect(all.map(({ key }) => key)).toEqual([
      ...["oauth-failing", "queue-backlog"],
      ...["memory", "database-timeout", "rate-limiting"],
    ])
    expect(matchIssues(issues, []).map(({ key }) => key)).toEqual(issues.map(({ key }) => key))
  })

  it("what fires is taken from the release: triggers, thresholds that are not fine again, the last round", () => {
    const timeline = new Timeline().live()
    const by = worker("watch")
    const data = {
      level: "warning",
      key: "queue",
      title: "Queue backlog > 1000 jobs",
      words: "1200 jobs now.",
    } as const
    const oauth = { ...data, key: "oauth", title: "OAuth failing > 10%" }
    timeline.append([
      { type: "trigger.breached", actor: by, data: { triggerKey: "errors", words: "Errors: 8 %", runId: null } },
      { type: "threshold.breached", actor: by, data },
      { type: "threshold.breached", actor: by, data: oauth },
      { type: "threshold.cleared", actor: by, data: oauth },
    ])
    const found = firingAlerts(timeline.state, ({ key }) => (key === "queue" ? "queue_depth" : null))
    expect(found).toEqual([
      { kind: "trigger", title: "Errors", metric: errorRule.metric, words: "Errors: 8 %" },
      { kind: "threshold", title: "Queue backlog > 1000 jobs", metric: "queue_depth", words: "1200 jobs now." },
    ])
  })
})

describe("a command", () => {
  const facts = commandFacts(new Timeline().live().state)

  it("is filled in with the release, and else stays as it was written", () => {
    expect(fillCommand("env:{{environment.key}} service:{{ service.key }} v{{release.version}} {{since}}", facts)).toBe(
      "env:production service:postd v1.1.0 2026-11-23T16:00:00.000Z",
    )
    for (const written of ['grep "latencyMs.*>1000" x.log', "{{secret.TOKEN}}", "{{constructor}}", "{{ }}", "$HOME"]) {
      expect(fillCommand(written, facts)).toBe(written)
    }
  })

  it("takes a value as one word, whatever is in it; a search takes it as it is", () => {
    const bad = { ...facts, "release.version": "1'; rm -rf $(HOME)" }
    expect(fillCommand("grep {{release.version}} x", bad)).toBe("grep '1'\\''; rm -rf $(HOME)' x")
    expect(fillCommand("version:{{release.version}}", bad, { shell: false })).toBe("version:1'; rm -rf $(HOME)")
  })

  it("names a value once: what it brings is not filled in again", () => {
    expect(fillCommand("{{release.version}}", { ...facts, "release.version": "{{since}}" }, { shell: false })).toBe(
      "{{since}}",
    )
  })
})

import { expect, it } from "vitest"
import { Timeline } from "@/lib/domain/release/release.fixture"
import type { Playbook } from "@/lib/playbook/schema"
import { readIssues, readLogs } from "./read-runbook"

const playbook = {
  thresholds: {
    critical: [],
    warning: [
      {
        key: "queue",
        title: "Backlog",
        rule: { metric: "queue_depth", comparison: ">", limit: 1000, unit: "jobs" },
      },
    ],
  },
  runbook: {
    logs: [
      {
        key: "datadog",
        title: "Datadog",
        steps: ["Go to Logs", "Filter: env:{{environment.key}} version:{{release.version}}"],
        commands: ["kubectl logs deploy/{{service.key}}"],
      },
    ],
    issues: [
      { key: "memory", issue: "Memory", symptoms: "crash", solution: "Restart", metrics: ["uptime"] },
      { key: "queue", issue: "Jobs", symptoms: "not processed", solution: "Workers", metrics: ["queue_depth"] },
    ],
  },
} as unknown as Playbook

it("the issue that fits a breached threshold's metric comes first and says why, until it is fine again", () => {
  const timeline = new Timeline()
  const issues = () => readIssues(playbook, timeline.state).map(({ key, because }) => [key, because])
  const told = { level: "warning", key: "queue", title: "Backlog", words: "Queue depth 1200 jobs." } as const
  const actor = { type: "worker", id: "w", runId: "r" } as const
  timeline.append([{ type: "threshold.breached", actor, data: told }])
  expect(issues()).toEqual([
    ["queue", ["Queue depth 1200 jobs."]],
    ["memory", []],
  ])
  timeline.append([{ type: "threshold.cleared", actor, data: told }])
  expect(issues()).toEqual([
    ["memory", []],
    ["queue", []],
  ])
})

it("log searches are filled in for this environment; the search alone is what is copied", () => {
  expect(readLogs(playbook, new Timeline().state)).toMatchObject([
    {
      steps: [
        { text: "Go to Logs", query: null },
        { text: "Filter: env:production version:1.1.0", query: "env:production version:1.1.0" },
      ],
      commands: ["kubectl logs deploy/postd"],
    },
  ])
})

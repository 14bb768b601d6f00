import type { CheckDefinition } from "@/lib/checks/contract"
import { checkDefinitions } from "@/lib/checks/definitions.gen"
import type { PersonRef } from "@/lib/domain/timeline/actor"
import type { EventData } from "@/lib/domain/timeline/event-types"
import { durationMs } from "@/lib/playbook/duration"
import type { Playbook } from "@/lib/playbook/schema"
import { metricRule } from "@/lib/playbook/sections/rule"

const definitions: Record<string, CheckDefinition> = checkDefinitions

/** Said only where it is not a machine, which goes without saying. */
function provedBy(kind: string): { provedBy?: "person" | "push" } {
  const who = Object.hasOwn(definitions, kind) ? definitions[kind]?.provedBy : undefined
  return who === "person" || who === "push" ? { provedBy: who } : {}
}

function signingPolicy({ expires, ...policy }: Playbook["signoffs"]["policy"]) {
  return { ...policy, expireMs: expires ? durationMs(expires) : null }
}

/** Freezes a playbook version into the first event of a release. Durations become milliseconds, unscaled. */
export function releaseCreated(input: {
  playbook: Playbook
  playbookRef: { versionId: string; number: number; hash: string; name: string }
  service: { id: string; key: string; name: string }
  environment: { id: string; key: string; name: string }
  name: string
  version: string
  ref: string
  commit: string
  createdBy: PersonRef
  timeScale: number
}): EventData<"release.created"> {
  const { playbook, playbookRef, ...rest } = input
  const { groups } = playbook.checklist
  return {
    ...rest,
    playbook: playbookRef,
    window: {
      days: [...playbook.window.days],
      start: playbook.window.start,
      end: playbook.window.end,
      zone: playbook.window.zone,
    },
    policy: signingPolicy(playbook.signoffs.policy),
    groups: groups.map(({ key, title, items }) => ({ key, title, itemKeys: items.map((item) => item.key) })),
    items: groups.flatMap((group) =>
      group.items.map((item) => ({
        key: item.key,
        title: item.title,
        detail: item.detail ?? null,
        groupKey: group.key,
        owner: item.owner ?? null,
        evidenceWanted: item.evidence,
        check: item.check ? { kind: item.check.kind, ...provedBy(item.check.kind) } : null,
        maxAgeMs: item.maxAge ? durationMs(item.maxAge) : null,
        waivable: item.waivable,
      })),
    ),
    signoffs: playbook.signoffs.roles.map(({ role, title, meaning, items, quorum }) => ({
      role,
      title,
      meaning,
      quorum,
      items: items.map((item) => ({ key: item.key, title: item.title })),
    })),
    triggers: playbook.rollback.triggers.map(({ key, title, mode, rule }) => ({
      key,
      title,
      mode,
      rule: rule ? metricRule(rule) : null,
    })),
    budgets: {
      downtimeMaxMs: durationMs(playbook.budgets.downtime.max),
      rollbackMs: durationMs(playbook.rollback.budget),
      countdownMs: durationMs(playbook.rollback.countdown),
    },
  }
}

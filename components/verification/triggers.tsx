"use client"
import { RollBack } from "@/components/rollback/roll-back"
import { StatusMark } from "@/components/status/status-mark"
import type { Look } from "@/components/status/tones"
import { Ago } from "@/components/time/instant"
import { Panel } from "@/components/ui/panel"
import { formatDuration } from "@/lib/client/format"
import { useRelease } from "@/lib/client/release-context"
import { ruleInWords } from "@/lib/domain/metric/in-words"
import type { MetricRule } from "@/lib/domain/metric/rule"
import type { TriggerState } from "@/lib/domain/release/state"

/** What would roll the release back: watched by the console, or said by a person. */
export function Triggers() {
  const triggers = useRelease((release) => release.triggers)
  const status = useRelease((release) => release.status)
  const zone = useRelease((release) => release.window.zone)
  const all = Object.values(triggers)
  const canRollBack = status === "deploying" || status === "verifying" || status === "watching"
  return (
    <Panel title="Rollback triggers" aside={<span>{all.filter((trigger) => trigger.armed).length} armed</span>}>
      <ul className="divide-y">
        {all.map((trigger) => (
          <li
            key={trigger.key}
            data-testid={`trigger-${trigger.key}`}
            className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-2.5"
          >
            <div className="min-w-0 flex-1 basis-56">
              <p className="font-medium text-sm">{trigger.title}</p>
              <p className="text-ink-2 text-xs">
                {trigger.rule ? heldRule(trigger.rule) : "A person says that it is so"}
                {" · "}
                {trigger.rule?.observeOnly
                  ? "only observed"
                  : trigger.mode === "auto"
                    ? "rolls back by itself after a countdown"
                    : "asks a person"}
              </p>
              {trigger.baseline ? (
                <p className="mt-0.5 text-warn text-xs">
                  Red before this release: {trigger.baseline.words} It counts again once it has been fine.
                </p>
              ) : null}
              {trigger.breach ? (
                <p className="mt-0.5 text-fail text-xs">
                  {trigger.breach.words} (<Ago at={trigger.breach.at} zone={zone} />)
                </p>
              ) : null}
            </div>
            <StatusMark look={lookOf(trigger)} />
            {trigger.rule === null && canRollBack ? (
              <RollBack size="sm" label="This is so: roll back" triggerKey={trigger.key} reason={trigger.title} />
            ) : null}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function lookOf(trigger: TriggerState): Look {
  if (trigger.baseline) return { tone: "warn", word: "Red before" }
  if (trigger.breach) return { tone: "fail", word: "Breached" }
  return trigger.armed ? { tone: "ready", word: "Armed" } : { tone: "none", word: "Not armed" }
}

function heldRule(rule: MetricRule): string {
  const held = rule.forMs > 0 ? ` for ${formatDuration(rule.forMs)}` : ""
  return `${ruleInWords(rule)}${held}`
}

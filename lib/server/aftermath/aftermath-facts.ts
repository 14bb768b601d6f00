import type { AftermathFacts } from "@/lib/domain/consequence/aftermath-facts"
import type { IncidentPlan, Severity } from "@/lib/domain/incident/incident-state"
import { severities } from "@/lib/domain/incident/severity"
import type { MetricRule } from "@/lib/domain/metric/rule"
import type { RoundBand } from "@/lib/domain/round/round-state"
import { durationMs } from "@/lib/playbook/duration"
import type { Playbook } from "@/lib/playbook/schema"
import { metricRule } from "@/lib/playbook/sections/rule"

const REPAGE_MS = 15 * 60_000

const kept = new WeakMap<Playbook, AftermathFacts>()

/** What a playbook says about incidents and the first days, as decisions take it. Playbooks never change: read once each. */
export function aftermathFacts(playbook: Playbook): AftermathFacts {
  const known = kept.get(playbook)
  if (known) return known
  const facts: AftermathFacts = {
    stages: playbook.incident.stages.map(({ key, title, within, deadline, actions }) => ({
      ...{ key, title, within, actions },
      deadlineMs: deadline ? durationMs(deadline) : null,
    })),
    plans: Object.fromEntries(
      severities.map((severity) => [severity, planOf(playbook, severity)]),
    ) as AftermathFacts["plans"],
    bands: playbook.monitoring24h.bands.map((band) => bandOf(playbook, band)),
    after: playbook.after72h.map(({ key, title, rule, record }) => ({
      ...{ key, title },
      proof: rule ? "rule" : record ? "record" : null,
    })),
  }
  kept.set(playbook, facts)
  return facts
}

function planOf({ incident }: Playbook, severity: Severity): IncidentPlan {
  const rule = incident.severities.find(({ key }) => key === severity)
  const path = incident.escalation.find((each) => each.severity === severity)
  return {
    resolution: rule?.resolution ?? "",
    fixWithinMs: rule?.fixWithin ? durationMs(rule.fixWithin) : null,
    repageMs: incident.repage ? durationMs(incident.repage) : REPAGE_MS,
    levels: (path?.steps ?? []).map(({ title, after, page, notify, action }, n) => ({
      ...{ n, title, page: page ?? null, notify: notify ?? null, action: action ?? null },
      // Somebody to be told needs no clock: without one, at once. An action without one is for people to begin.
      afterMs: after === undefined ? (page || notify ? 0 : null) : durationMs(after),
    })),
  }
}

function bandOf(playbook: Playbook, band: Playbook["monitoring24h"]["bands"][number]): RoundBand {
  return {
    ...{ key: band.key, title: band.title },
    fromMs: durationMs(band.from),
    toMs: durationMs(band.to),
    everyMs: durationMs(band.every),
    items: band.items.map(({ key, title, metric, check }) => ({
      ...{ key, title, metric: metric ?? null, hasCheck: check !== undefined },
      rule: metric ? limitOf(playbook, metric) : null,
    })),
  }
}

/** The limit at which somebody would have to look: the warning's, else the dashboard's. */
function limitOf(playbook: Playbook, metric: string): MetricRule | null {
  const rules = [
    ...playbook.thresholds.warning,
    ...playbook.thresholds.critical,
    ...playbook.verification.watch.dashboard,
  ]
  const found = rules.find(({ rule }) => rule?.metric === metric)?.rule
  return found ? metricRule(found) : null
}

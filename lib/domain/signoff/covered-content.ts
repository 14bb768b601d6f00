import type { ReleaseState } from "@/lib/domain/release/state"

/**
 * What every signature covers: the release, what is deployed where by which playbook, and how each item stands and was
 * proved. Two equal values have the same canonical JSON.
 */
export interface CoveredContent {
  release: { id: string; name: string; version: string; ref: string; commit: string | null }
  service: { id: string; key: string; name: string }
  environment: { id: string; key: string; name: string }
  playbook: { versionId: string; number: number; hash: string }
  items: CoveredItem[]
}

export interface CoveredItem {
  key: string
  state: string
  /** Hash of what was found, without times: an unchanged re-run of a check keeps it. */
  resultHash: string | null
  /** What was brought beside the proof, by the same kind of hash, sorted. */
  attachments: string[]
  waiverReason: string | null
}

export function coveredContent(state: ReleaseState): CoveredContent {
  const { id, name, version, ref, commit, service, environment, playbook } = state
  return {
    release: { id, name, version, ref, commit },
    service,
    environment,
    playbook: { versionId: playbook.versionId, number: playbook.number, hash: playbook.hash },
    items: Object.values(state.items)
      .map((item) => ({
        key: item.key,
        state: item.state,
        resultHash: item.evidence?.resultHash ?? null,
        attachments: item.attachments.map(({ resultHash }) => resultHash).sort(),
        waiverReason: item.state === "waived" || item.state === "not_applicable" ? item.note : null,
      }))
      .sort((a, b) => (a.key < b.key ? -1 : 1)),
  }
}

import type { Action } from "@/lib/domain/access/policy"
import type { Role } from "@/lib/domain/access/roles"
import type { EnvironmentFacts } from "@/lib/domain/environment/facts"
import type { GateAnswer } from "@/lib/domain/gate/gate"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { Playbook } from "@/lib/playbook/schema"

/** Who asks, and what the authorisation table lets them do on this release's service: buttons and server agree. */
export interface Me {
  id: string
  name: string
  email: string
  roles: Role[]
  allowed: Action[]
}

/** What a check looks at and expects, in short sentences. */
export interface CheckWords {
  kind: string
  title: string
  words: string[]
}

/** `GET /api/v1/releases/:id`: read in one statement, so that `release.lastSeq` is where the stream goes on. */
export interface ReleaseSnapshot {
  release: ReleaseState
  playbook: Playbook
  environment: EnvironmentFacts & {
    baseUrl: string
    strategy: string
    maintenanceProvider: string
    /** Feature flags that may be turned from here. */
    flags: { key: string; title: string; kind: string }[]
    /** Whether, and where, commits are taken back from here. */
    revert: { mode: "branch" | "main"; base: string } | null
  }
  /** Whether customers read what is told them at /status/<service>. */
  statusPage: boolean
  gate: GateAnswer
  /** SHA-256 of what a signature made now would cover. */
  contentHash: string
  /** By item key, for every item that is bound to a check. */
  checkWords: Record<string, CheckWords>
  me: Me
  cursors: { log: string; sample: string }
  serverNow: string
}

export interface ReleaseListEntry {
  id: string
  name: string
  version: string
  status: ReleaseState["status"]
  service: { key: string; name: string }
  environment: { key: string; name: string; locked: boolean }
  items: { total: number; done: number }
  signoffs: { total: number; signed: number }
  createdAt: string
  updatedAt: string
}

import { env } from "@/lib/server/env"
import { log } from "@/lib/server/log"
import type { Bell } from "./bell"
import { postgresBell } from "./postgres-bell"
import { redisBell } from "./redis-bell"

/**
 * `release:<id>`: its events, logs or samples grew. `environment:<id>`: its lock changed. `person:<id>`: what they may do, or
 * where they are signed in, changed. `notices`: one came in. `notices-read:<id>`: that person has read some.
 * `connection-tests`: one was asked for. `outbox`: a message is owed, or one went out.
 */
export type Topic =
  | `release:${string}`
  | `environment:${string}`
  | `person:${string}`
  | `notices-read:${string}`
  | "notices"
  | "connection-tests"
  | "outbox"

interface Doorbell {
  bell: Bell
  subscribers: Map<string, Set<() => void>>
  listening: boolean
  /** Topics rung in this turn of the event loop: they travel in one message. */
  pending: Set<string>
}

const kept = globalThis as typeof globalThis & { goliveDoorbell?: Doorbell }

function doorbell(): Doorbell {
  kept.goliveDoorbell ??= {
    bell: env().REDIS_URL ? redisBell(env().REDIS_URL as string) : postgresBell(),
    subscribers: new Map(),
    listening: false,
    pending: new Set(),
  }
  return kept.goliveDoorbell
}

/**
 * Tells every process that a topic has news, after the commit that made them. Neither waits nor throws: who misses it
 * reads a few seconds later.
 */
export function ring(topic: Topic): void {
  const door = doorbell()
  door.pending.add(topic)
  if (door.pending.size > 1) return
  setImmediate(() => {
    const topics = [...door.pending]
    door.pending.clear()
    door.bell.ring(topics).catch((error) => log.warn({ err: error }, "the doorbell did not ring"))
  })
}

/** Calls back on every ring of a topic, and once after a lost connection came back. Answers with the way out. */
export function subscribe(topic: Topic, onRing: () => void): () => void {
  const door = doorbell()
  const callbacks = door.subscribers.get(topic) ?? new Set()
  callbacks.add(onRing)
  door.subscribers.set(topic, callbacks)
  if (!door.listening) {
    door.listening = true
    door.bell.listen((heard) => deliver(door, heard))
  }
  return () => {
    callbacks.delete(onRing)
    if (callbacks.size === 0 && door.subscribers.get(topic) === callbacks) door.subscribers.delete(topic)
  }
}

export async function closeDoorbell(): Promise<void> {
  const door = kept.goliveDoorbell
  kept.goliveDoorbell = undefined
  await door?.bell.close()
}

function deliver(door: Doorbell, heard: string | null): void {
  const callbacks = heard === null ? [...door.subscribers.values()] : [door.subscribers.get(heard) ?? new Set()]
  for (const set of callbacks) for (const callback of set) callback()
}

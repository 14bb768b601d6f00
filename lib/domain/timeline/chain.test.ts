import { createHash } from "node:crypto"
import canonicalize from "canonicalize"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { Timeline } from "@/lib/domain/release/release.fixture"
import { chainStart, eventHash, GENESIS_HASH, type Hashing, verifyChain } from "./chain"
import type { AnyTimelineEvent } from "./event"

const hashing: Hashing = {
  sha256: (text) => createHash("sha256").update(text).digest("hex"),
  canonical: (value) => canonicalize(value) ?? "",
}

function chained(events: readonly AnyTimelineEvent[]): AnyTimelineEvent[] {
  let prevHash = GENESIS_HASH
  return events.map((event) => {
    const hash = eventHash({ ...event, prevHash }, hashing)
    const whole = { ...event, prevHash, hash }
    prevHash = hash
    return whole
  })
}
const chain = chained(new Timeline().live().events)
const problemOf = async (events: AnyTimelineEvent[]) => {
  const answer = await verifyChain(events, hashing)
  return answer.ok ? null : answer.problem
}
const last = chain.at(-1) as AnyTimelineEvent

describe("the chain", () => {
  it("is the hash before it and the canonical rest", () => {
    const { prevHash, hash, ...rest } = last
    expect(hash).toBe(hashing.sha256(prevHash + hashing.canonical(rest)))
    expect(chain[0]?.prevHash).toBe("0".repeat(64))
  })

  it("holds, read at once or page by page", async () => {
    const head = { seq: last.seq, hash: last.hash }
    expect(await verifyChain(chain, hashing, head)).toEqual({ ok: true, head })
    async function* pages() {
      yield* chain
    }
    expect(await verifyChain(pages(), hashing, head)).toEqual({ ok: true, head })
    expect(await verifyChain([], hashing)).toEqual({ ok: true, head: chainStart })
  })

  it("names an altered event, wherever it is and whatever was altered", async () => {
    const change = fc.constantFrom<(event: AnyTimelineEvent) => AnyTimelineEvent>(
      (event) => ({ ...event, at: "2026-01-01T00:00:00.000Z" }),
      (event) => ({ ...event, id: "another" }),
      (event) => ({ ...event, actor: { type: "console", reason: "not me" } }),
      (event) => ({ ...event, data: { ...event.data, extra: 1 } }) as unknown as AnyTimelineEvent,
      (event) => ({ ...event, hash: "0".repeat(64) }),
    )
    await fc.assert(
      fc.asyncProperty(fc.nat(chain.length - 1), change, async (index, altered) => {
        const events = chain.map((event, i) => (i === index ? altered(event) : event))
        expect(await problemOf(events)).toMatchObject({ kind: "altered", seq: index + 1 })
      }),
    )
  })

  it("names an event that was altered and hashed anew", async () => {
    const events = chain.map((event) => {
      if (event.seq !== 3) return event
      const changed = { ...event, at: "2026-01-01T00:00:00.000Z" }
      return { ...changed, hash: eventHash(changed, hashing) }
    })
    expect(await problemOf(events)).toMatchObject({ kind: "altered", seq: 3 })
  })

  it("names what is missing: one, several, the first, the end", async () => {
    const without = (...seqs: number[]) => chain.filter(({ seq }) => !seqs.includes(seq))
    expect(await problemOf(without(4))).toEqual({ seq: 4, kind: "missing", words: "Event 4 is missing." })
    expect(await problemOf(without(4, 5))).toMatchObject({ seq: 4, words: "Events 4 to 5 are missing." })
    expect(await problemOf(without(1))).toMatchObject({ seq: 1, kind: "missing" })
    const cut = await verifyChain(without(last.seq), hashing, { seq: last.seq, hash: last.hash })
    expect(cut).toMatchObject({ ok: false, problem: { seq: last.seq, kind: "missing" } })
  })

  it("names an event that was moved", async () => {
    const swapped = chain.map((event) => {
      const other = chain.find(({ seq }) => seq === (event.seq === 3 ? 5 : event.seq === 5 ? 3 : event.seq))
      return { ...(other ?? event), seq: event.seq }
    })
    expect(await problemOf(swapped)).toEqual({
      seq: 3,
      kind: "reordered",
      words: "Event 3 was moved: it was written as event 5.",
    })
    const [first, second, ...rest] = chain
    if (!first || !second) throw new Error("too short")
    expect(await problemOf([first, second, second, ...rest])).toMatchObject({ seq: 2, kind: "reordered" })
  })

  it("is one release's, and ends where its head says", async () => {
    const mixed = chain.map((event) => (event.seq === 2 ? { ...event, releaseId: "other" } : event))
    expect(await problemOf(mixed)).toMatchObject({ kind: "foreign", seq: 2 })
    const answer = await verifyChain(chain, hashing, { seq: last.seq, hash: "f".repeat(64) })
    expect(answer).toMatchObject({ ok: false, problem: { kind: "altered", seq: last.seq } })
  })
})

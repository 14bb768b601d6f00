/**
 * Answers from memory for `forMs`; whoever asks while it is being read waits for the same answer. What failed is not kept.
 * `nowMs`: a clock that only goes forward.
 */
export function keptBriefly<K, V>(
  { forMs, atMost, nowMs = () => performance.now() }: { forMs: number; atMost: number; nowMs?: () => number },
  read: (key: K) => Promise<V>,
) {
  const kept = new Map<K, { answer: Promise<V>; untilMs: number }>()
  return {
    get(key: K): Promise<V> {
      const known = kept.get(key)
      if (known && known.untilMs > nowMs()) return known.answer
      const answer = read(key)
      // Taken out first, so that the oldest answer stands first.
      kept.delete(key)
      kept.set(key, { answer, untilMs: nowMs() + forMs })
      for (const oldest of kept.keys()) {
        if (kept.size <= atMost) break
        kept.delete(oldest)
      }
      answer.catch(() => kept.get(key)?.answer === answer && kept.delete(key))
      return answer
    },
    forget(): void {
      kept.clear()
    },
  }
}

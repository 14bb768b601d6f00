import { SHORTEST_PART, withoutBreaks } from "./secret-forms"

/** Of a longer form only this much is a state machine; the rest is compared as it comes. */
const HEAD_CHARS = 256
/** So much of the beginning of a form is as good as all of it, whatever follows. */
const MOST_OF_IT = 0.75

/**
 * All forms of all secrets as one Aho-Corasick automaton: each character of the output is looked at about once, however
 * many secrets there are and whatever they begin with. State 0 is the root.
 */
export class SecretAutomaton {
  /** How many characters before it belong to the beginning of a form, by state. */
  readonly depth: Int32Array
  /** Length of the longest form (or head of one, or most of one) that ends here, by state; 0 for none. */
  readonly ends: Int32Array
  /** Longer forms, by the state in which their head ends. */
  readonly longer = new Map<number, string[]>()
  private readonly grams = new Uint8Array(65_536)
  private readonly fail: Int32Array
  private readonly slots: { state: Int32Array; code: Uint16Array; to: Int32Array; mask: number }

  constructor(forms: readonly string[]) {
    const texts = forms.map(withoutBreaks)
    const most = texts.reduce((sum, text) => sum + Math.min(text.length, HEAD_CHARS), 1)
    let size = 16
    while (size < most * 2) size *= 2
    this.slots = { state: new Int32Array(size), code: new Uint16Array(size), to: new Int32Array(size), mask: size - 1 }
    this.depth = new Int32Array(most)
    this.ends = new Int32Array(most)
    this.fail = new Int32Array(most)
    const parent = new Int32Array(most)
    const codes = new Uint16Array(most)
    let count = 1
    for (const text of texts) {
      const head = text.slice(0, HEAD_CHARS)
      this.grams[gram(code(head, 0), code(head, 1), code(head, 2), code(head, 3))] = 1
      let state = 0
      for (let i = 0; i < head.length; i += 1) {
        const slot = this.slotOf(state, code(head, i))
        if (this.slots.to[slot] === 0) {
          this.slots.state[slot] = state
          this.slots.code[slot] = code(head, i)
          this.slots.to[slot] = count
          parent[count] = state
          codes[count] = code(head, i)
          this.depth[count] = i + 1
          count += 1
        }
        state = this.slots.to[slot] ?? 0
        if (i + 1 >= SHORTEST_PART && i + 1 >= text.length * MOST_OF_IT) this.ends[state] = i + 1
      }
      this.ends[state] = head.length
      if (text.length > head.length) this.longer.set(state, [...(this.longer.get(state) ?? []), text])
    }
    this.link(parent, codes, count)
  }

  /** Whether a form may begin with these four characters. */
  mayBegin(a: number, b: number, c: number, d: number): boolean {
    return this.grams[gram(a, b, c, d)] === 1
  }

  next(from: number, char: number): number {
    let state = from
    for (;;) {
      const to = this.slots.to[this.slotOf(state, char)] ?? 0
      if (to !== 0 || state === 0) return to
      state = this.fail[state] ?? 0
    }
  }

  /** Shallow states first: a state's fallback is shallower than itself. */
  private link(parent: Int32Array, codes: Uint16Array, count: number): void {
    const states = Array.from({ length: count - 1 }, (_, i) => i + 1)
    states.sort((a, b) => (this.depth[a] ?? 0) - (this.depth[b] ?? 0))
    for (const state of states) {
      const above = parent[state] ?? 0
      const back = above === 0 ? 0 : this.next(this.fail[above] ?? 0, codes[state] ?? 0)
      this.fail[state] = back
      if (this.ends[state] === 0) this.ends[state] = this.ends[back] ?? 0
    }
  }

  /** Where this transition is, or the empty slot where it would be. */
  private slotOf(state: number, char: number): number {
    const { state: states, code: codes, to, mask } = this.slots
    let slot = (Math.imul(state, 0x9e3779b1) ^ Math.imul(char + 1, 0x85ebca6b)) >>> 0
    slot = (slot ^ (slot >>> 15)) & mask
    while (to[slot] !== 0 && (states[slot] !== state || codes[slot] !== char)) slot = (slot + 1) & mask
    return slot
  }
}

function gram(a: number, b: number, c: number, d: number): number {
  return (a + Math.imul(b, 33) + Math.imul(c, 1_091) + Math.imul(d, 36_007)) & 0xffff
}

function code(text: string, at: number): number {
  return text.charCodeAt(at)
}

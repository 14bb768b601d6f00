const PAGE = 500
/** How much is kept for watchers that are a little behind; who is further behind reads the database. */
const KEPT = 2_000

/** The latest rows of one growing table of a release, in order of their cursor. */
export class FeedLine<C extends number | bigint, R> {
  private rows: R[] = []
  private floor: C | undefined
  private head: C | undefined

  constructor(
    private readonly cursorOf: (row: R) => C,
    private readonly readAfter: (after: C, limit: number) => Promise<R[]>,
  ) {}

  startAfter(cursor: C): void {
    this.floor = cursor
    this.head = cursor
  }

  /** Reads what came since; true when there was something. */
  async read(): Promise<boolean> {
    if (this.head === undefined) return false
    let came = false
    for (;;) {
      const page = await this.readAfter(this.head, PAGE)
      const last = page.at(-1)
      if (last === undefined) return came
      came = true
      this.rows.push(...page)
      this.head = this.cursorOf(last)
      if (this.rows.length > KEPT) {
        const dropped = this.rows.splice(0, this.rows.length - KEPT).at(-1)
        if (dropped !== undefined) this.floor = this.cursorOf(dropped)
      }
      if (page.length < PAGE) return came
    }
  }

  /** A page of what comes after a watcher's cursor: from memory where it reaches back that far. */
  async after(cursor: C): Promise<R[]> {
    if (this.floor === undefined || cursor < this.floor) return this.readAfter(cursor, PAGE)
    const begin = this.rows.findIndex((row) => this.cursorOf(row) > cursor)
    return begin < 0 ? [] : this.rows.slice(begin, begin + PAGE)
  }
}

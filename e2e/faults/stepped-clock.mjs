// Preloaded into a worker: from half a second on, this machine's clock reads STEP_MS more. The database's clock does not.
const stepMs = Number(process.env.STEP_MS ?? 0)
const TrueDate = Date
let shiftMs = 0
globalThis.Date = class extends TrueDate {
  constructor(...parts) {
    if (parts.length === 0) super(TrueDate.now() + shiftMs)
    else super(...parts)
  }
  static now() {
    return TrueDate.now() + shiftMs
  }
}
setTimeout(() => {
  shiftMs = stepMs
}, 500).unref()

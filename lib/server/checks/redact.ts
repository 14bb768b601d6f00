const SHORTEST_SECRET = 4
export const REDACTED = "[redacted]"

/** The texts that stand for secrets in output: themselves, and as JSON, in addresses and in base64. */
function formsOf(secrets: readonly string[]): string[] {
  const forms = secrets
    .filter((secret) => secret.trim().length >= SHORTEST_SECRET)
    .flatMap((secret) => [
      secret,
      JSON.stringify(secret).slice(1, -1),
      encodeURIComponent(secret.toWellFormed()),
      Buffer.from(secret).toString("base64"),
      Buffer.from(secret).toString("base64url"),
    ])
  // The longer first: a secret that begins like another one must not leave its end behind.
  return [...new Set(forms)].sort((a, b) => b.length - a.length)
}

export class Redactor {
  private forms: string[]

  constructor(private readonly secrets: readonly string[]) {
    this.forms = formsOf(secrets)
  }

  with(more: readonly string[]): Redactor {
    return more.length === 0 ? this : new Redactor([...this.secrets, ...more])
  }

  text(text: string): string {
    return this.forms.reduce((rest, form) => rest.replaceAll(form, REDACTED), text)
  }

  /** Every text in a JSON value. Names of fields stay. */
  value<T>(value: T): T {
    if (this.forms.length === 0) return value
    return this.walk(value) as T
  }

  private walk(value: unknown): unknown {
    if (typeof value === "string") return this.text(value)
    if (Array.isArray(value)) return value.map((part) => this.walk(part))
    if (value === null || typeof value !== "object") return value
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, this.walk(part)]))
  }

  /** For text that comes in pieces: what may be the beginning of a secret waits for the next piece. */
  stream(write: (text: string) => void): { push(text: string): void; end(): void } {
    let held = ""
    const give = (text: string) => {
      if (text) write(text)
    }
    return {
      push: (text) => {
        const whole = this.text(held + text)
        const waits = this.beginningAtEnd(whole)
        held = waits === 0 ? "" : whole.slice(-waits)
        give(waits === 0 ? whole : whole.slice(0, -waits))
      },
      end: () => {
        give(held)
        held = ""
      },
    }
  }

  /** How many characters at the end of a text are the beginning of a secret. */
  private beginningAtEnd(text: string): number {
    let most = 0
    for (const form of this.forms) {
      for (let length = Math.min(form.length - 1, text.length); length > most; length -= 1) {
        if (form.startsWith(text.slice(-length))) most = length
      }
    }
    return most
  }
}

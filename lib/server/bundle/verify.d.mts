/** For those who call it; `verify.mjs` itself is plain JavaScript, typed by its comments. */
export interface BundleReport {
  faults: { file: string; words: string }[]
  findings: string[]
  notes: string[]
}
export function canonical(value: unknown): string
export function verifyBundle(
  folder: string,
  options?: { heads?: { seq: number; hash: string }[]; keys?: string[] },
): Promise<BundleReport>
export function passkeyFaults(
  method: Record<string, unknown>,
  proof: Record<string, unknown>,
  manifestHash: string,
): string[]

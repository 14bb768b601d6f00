/** One policy of a Content-Security-Policy: what each directive allows. The first of one name counts. */
type Policy = ReadonlyMap<string, string[]>

/** All policies of a header; repeated headers come joined by commas, and a page must satisfy all of them. */
export function readPolicies(value: string): Policy[] {
  return value.split(",").flatMap((text) => {
    const policy = new Map<string, string[]>()
    for (const directive of text.split(";")) {
      const [name, ...sources] = directive.trim().split(/\s+/)
      if (name && !policy.has(name.toLowerCase())) policy.set(name.toLowerCase(), sources)
    }
    return policy.size > 0 ? [policy] : []
  })
}

/** What makes a policy weak against injected scripts, in words; null: nothing that can be seen from here. */
export function weaknessOfScripts(policy: Policy): string | null {
  const name = policy.has("script-src") ? "script-src" : "default-src"
  const sources = policy.get(name)?.map((source) => source.toLowerCase())
  if (!sources) return "no default-src or script-src"
  // Browsers that know these pass over what stands beside them for older ones.
  const isStrict = sources.some((source) => /^'(nonce-|sha(256|384|512)-)/.test(source))
  const trustsPassedOn = sources.includes("'strict-dynamic'")
  const bad = sources.filter((source) => {
    if (source === "'unsafe-inline'") return !isStrict && !trustsPassedOn
    if (source === "data:") return true
    return /^(\*|https?:|https?:\/\/\*|\*:\*)$/.test(source) && !trustsPassedOn
  })
  return bad.length > 0 ? `${bad.join(" and ")} in ${name}` : null
}

/** Whether other sites are kept from showing the page in a frame. */
export function limitsFrames(policy: Policy): boolean {
  const sources = policy.get("frame-ancestors")
  return sources !== undefined && !sources.some((source) => /^(\*|https?:|https?:\/\/\*)$/i.test(source))
}

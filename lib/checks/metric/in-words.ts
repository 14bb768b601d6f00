/** `is < 2000`, `is >= 1 and <= 100`. */
export function sayLimits(is: string | string[]): string {
  return `is ${[is].flat().join(" and ")}`
}

/** As it stands on the page: `queue_depth{queue="mail"}`. */
export function saySample(name: string, labels: Record<string, string> | undefined): string {
  const pairs = Object.entries(labels ?? {}).map(([label, value]) => `${label}=${JSON.stringify(value)}`)
  return pairs.length > 0 ? `${name}{${pairs.join(",")}}` : name
}

import { type StrategyCall, StrategyFailure } from "../contract"

/** Fills placeholders into the values of variables; they reach Compose as its environment and no shell. */
export function fillIn(values: Record<string, string>, { deployment, previous }: StrategyCall): Record<string, string> {
  const known = new Map<string, string>([
    ["deployment.id", deployment.deploymentId],
    ["deployment.version", deployment.version],
    ["deployment.ref", deployment.ref],
    ["deployment.commit", deployment.commit ?? ""],
    ["previous.id", previous?.deploymentId ?? ""],
  ])
  const fill = (text: string) =>
    text.replace(/\{\{\s*([a-z.]+)\s*\}\}/g, (_, name: string) => {
      const value = known.get(name)
      if (value === undefined) throw new StrategyFailure(`"${name}" is no placeholder of this strategy`, false)
      return value
    })
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, fill(value)]))
}

import { type StrategyCall, StrategyFailure } from "../contract"

/** Fills placeholders into arguments. One argument stays one argument, whatever its value holds. */
export function fillIn(argv: string[], { deployment, previous }: StrategyCall, repository: string): string[] {
  const values = new Map<string, string>([
    ["deployment.id", deployment.deploymentId],
    ["deployment.version", deployment.version],
    ["deployment.ref", deployment.ref],
    ["deployment.commit", deployment.commit ?? ""],
    ["previous.id", previous?.deploymentId ?? ""],
    ["repository", repository],
  ])
  return argv.map((arg) =>
    arg.replace(/\{\{\s*([a-z.]+)\s*\}\}/g, (_, name: string) => {
      const value = values.get(name)
      if (value === undefined) throw new StrategyFailure(`"${name}" is no placeholder of this strategy`, false)
      return value
    }),
  )
}

/** From the worst down. By itself, so that the command line takes no schemas along. */
export const severities = ["critical", "high", "medium", "low"] as const

/** One line about what the host did; `fields` are plain data. */
export type HostLog = (event: string, fields?: Record<string, unknown>) => void

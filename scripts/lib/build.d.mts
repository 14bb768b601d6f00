export function buildConsole(root: string, options?: { signal?: AbortSignal; force?: boolean }): Promise<boolean>

export function generate(): Promise<void>
export function staleRegistries(): Promise<{ path: string; content: string }[]>

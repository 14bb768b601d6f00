export function step<T>(title: string, work: () => Promise<T>): Promise<T>
export function seconds(ms: number): string

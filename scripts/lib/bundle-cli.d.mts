export function bundleCli(root: string, outfile?: string): Promise<{ path: string; bytes: number }>

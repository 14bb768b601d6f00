export function registryFiles(root: string): Promise<{ path: string; content: string }[]>

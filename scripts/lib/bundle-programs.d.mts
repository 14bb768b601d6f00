export function bundlePrograms(root: string): Promise<string>

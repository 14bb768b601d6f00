/**
 * Where to go after signing in: a path of the console at `origin`, whatever the address asked for. A path that begins with
 * `//` names another host, also where it only comes out so (`/.//host`).
 */
export function pathHere(url: string, origin: string): string {
  if (!URL.canParse(url, origin)) return "/"
  const target = new URL(url, origin)
  if (target.origin !== origin || target.pathname.startsWith("//")) return "/"
  return target.pathname + target.search + target.hash
}

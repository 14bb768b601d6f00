import type { CheckBinding } from "@/lib/playbook/sections/check-binding"

export interface PlainCheck {
  itemKey: string
  /** Placeholders filled in. */
  binding: CheckBinding
}

type Settings = Record<string, unknown>

/**
 * The checks as a person would write them into a shell script, one after another: curl, grep, git, openssl and the commands
 * themselves, with a fresh clone for the commands. What a team has before it has a console.
 */
export function plainScript(checks: readonly PlainCheck[], source: { repository: string; ref: string }): string {
  return [
    "#!/usr/bin/env bash",
    "set -u",
    'work="$(mktemp -d)"',
    "trap 'rm -rf \"$work\"' EXIT",
    "failed=0",
    "check() {",
    '  local name="$1"; shift',
    '  rm -rf "$work/checkout"',
    `  git clone --quiet ${quote(source.repository)} "$work/checkout" && git -C "$work/checkout" checkout --quiet ${quote(source.ref)}`,
    '  if (cd "$work/checkout" && eval "$1") >"$work/out" 2>&1; then echo "ok $name"; else echo "FAILED $name"; cat "$work/out"; failed=1; fi',
    "}",
    ...checks.map(({ itemKey, binding }) => `check ${quote(itemKey)} ${quote(lineOf(binding))}`),
    "exit $failed",
    "",
  ].join("\n")
}

function lineOf({ kind, config }: CheckBinding): string {
  const write = Object.hasOwn(lines, kind) ? lines[kind] : undefined
  if (!write) throw new Error(`a plain script has no way to check "${kind}"`)
  return write(config)
}

const lines: Record<string, (config: Settings) => string> = {
  command: ({ command, env, directory, expect }) => {
    const out = (expect as { stdout?: { matches?: string; contains?: string | string[] } } | undefined)?.stdout
    const variables = Object.entries((env ?? {}) as Record<string, string>).map(
      ([name, value]) => `${name}=${quote(value)}`,
    )
    const place = directory ? `cd ${quote(String(directory))} && ` : ""
    const line = `${place}env ${variables.join(" ")} ${(command as string[]).map(quote).join(" ")}`
    const contains = [out?.contains ?? []].flat().map((text) => `grep -qF -- ${quote(text)}`)
    const matches = out?.matches ? [`perl -0777 -ne ${quote(`exit !/${out.matches.replaceAll("/", "\\/")}/m`)}`] : []
    return [...contains, ...matches].reduce((rest, test) => `${rest} | tee /dev/stderr | ${test}`, line)
  },
  "env-file": ({ file, required, equals, patterns }) =>
    [
      ...(required as string[]).map((name) => `grep -qE ${quote(`^${name}=.+`)} ${quote(String(file))}`),
      ...Object.entries((equals ?? {}) as Record<string, string>).map(
        ([name, value]) => `grep -qxF ${quote(`${name}=${value}`)} ${quote(String(file))}`,
      ),
      ...Object.entries((patterns ?? {}) as Record<string, string>).map(
        ([name, pattern]) => `sed -n ${quote(`s/^${name}=//p`)} ${quote(String(file))} | grep -qP -- ${quote(pattern)}`,
      ),
    ].join(" && "),
  git: ({ repository, ref }) => {
    const at = `git -C ${quote(String(repository))}`
    return [
      `test -z "$(${at} status --porcelain)"`,
      `${at} merge-base --is-ancestor ${quote(String(ref))} main`,
      `${at} branch -r --contains ${quote(String(ref))} | grep -q origin/`,
    ].join(" && ")
  },
  http: (config) => {
    const { url, method, headers, body } = config as {
      url: string
      method?: string
      headers?: Record<string, string>
      body?: unknown
    }
    const load = config.load as { requests: number; concurrency?: number } | undefined
    const sent = Object.entries(headers ?? {}).map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`)
    const data = body === undefined ? "" : `--data ${quote(typeof body === "string" ? body : JSON.stringify(body))}`
    const one = `curl -sS -o /dev/null -w '%{http_code}\\n' -X ${method ?? "GET"} ${sent.join(" ")} ${data} ${quote(url)}`
    if (!load)
      return `curl -sS -i -X ${method ?? "GET"} ${sent.join(" ")} ${data} ${quote(url)} | grep -qE '^HTTP/[0-9.]+ 2'`
    return `seq ${load.requests} | xargs -P ${load.concurrency ?? 10} -I{} sh -c ${quote(one)} | sort | uniq -c | grep -q .`
  },
  tls: ({ host, address, port, expect }) => {
    const target = `-connect ${quote(`${address ?? host}:${port}`)} -servername ${quote(String(host))}`
    const minVersion = (expect as { minVersion?: string } | undefined)?.minVersion
    if (minVersion) return `! openssl s_client ${target} -tls1_1 </dev/null 2>/dev/null | grep -q 'Protocol.*TLSv1.1'`
    return `openssl s_client ${target} </dev/null 2>/dev/null | openssl x509 -noout -checkend 1209600`
  },
  "bundle-size": ({ files, build }) => {
    const built = build ? `${(build as string[]).map(quote).join(" ")} >/dev/null && ` : ""
    return `${built}test "$(cat ${[files].flat().map(String).join(" ")} | gzip -9 | wc -c)" -lt 512000`
  },
  "secrets-scan": () =>
    "! git grep -nE '(AKIA[0-9A-Z]{16}|ghp_[0-9A-Za-z]{36}|xox[abp]-[0-9A-Za-z-]+|BEGIN [A-Z ]*PRIVATE KEY)' -- .",
  "pii-scan": ({ command, files }) => {
    const source = command ? (command as string[]).map(quote).join(" ") : `cat ${[files].flat().map(String).join(" ")}`
    return `! ${source} | grep -E '[[:alnum:]._%+-]+@[[:alnum:].-]+\\.[a-z]{2,}'`
  },
  metric: ({ url, name }) => `curl -sS ${quote(String(url))} | grep -q ${quote(`^${name} `)}`,
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

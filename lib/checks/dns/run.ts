import type { EvidenceBlock } from "@/lib/contracts/evidence"
import { errored, judged } from "../answer"
import { sayDuration, timeLimitMs } from "../duration"
import { type CheckPorts, type CheckRunner, HttpFault } from "../ports"
import { askRecords, type DnsQuestion, type DnsRecord } from "./ask-records"
import { type DnsConfig, definition, dnsConfigSchema } from "./definition"
import { judgeRecords } from "./judge-records"
import { readServer } from "./read-server"

/**
 * One question to one name server. Of the console's own name servers that keep silent nothing follows about the name; of
 * a server that was named, it does.
 */
export const run: CheckRunner = async (rawConfig, ports) => {
  const config = dnsConfigSchema.parse(rawConfig)
  const { timeoutMs: defaultMs, longestTimeoutMs } = definition.limits
  const timeoutMs = Math.min(ports.timeoutMs, timeLimitMs(config.timeout, defaultMs, longestTimeoutMs))
  let server: DnsQuestion["server"]
  try {
    server = await findServer(config, ports)
  } catch (error) {
    if (error instanceof HttpFault) return errored(`The name server: ${error.message}`)
    throw error
  }
  const { name, type } = config
  const asked = config.server ?? "the console's own name servers"
  ports.log("info", `${type} ${name}, asking ${asked}\n`)
  const answer = await askRecords({ name, type, server, timeoutMs, signal: ports.signal })
  ports.log("info", `${answer.state === "found" ? answer.records.map(({ text }) => text).join("\n") : answer.words}\n`)
  if (answer.state === "invalid") return errored(`"${name}" ${answer.words}`)
  if (answer.state === "silent" && !server) return errored(`${answer.words} from ${asked}`)
  const facts = factsOf(config, asked)
  if (answer.state === "silent" || answer.state === "broken") {
    const expected = `an answer within ${sayDuration(timeoutMs)}`
    const actual = answer.words
    return judged([{ what: `${type} of ${name}`, expected, actual, ok: false, volatile: true }], [facts], {
      passed: "",
    })
  }
  const records = answer.state === "found" ? answer.records : []
  const none = answer.state === "none" ? answer.words : "nothing"
  const expectations = judgeRecords(config, records, none, ports.match)
  const passed = records.length > 0 ? `The ${type} records of ${name} are as expected` : `${name} has no ${type} record`
  return judged(expectations, [facts, ...recordTable(records)], { passed })
}

async function findServer({ server }: DnsConfig, ports: CheckPorts): Promise<DnsQuestion["server"]> {
  if (server === undefined) return undefined
  const { host, port } = readServer(server)
  const { address } = await ports.address(host)
  return { address, port }
}

function factsOf({ name, type }: DnsConfig, asked: string): EvidenceBlock {
  const fact = (label: string, value: string) => ({ label, value, verdict: "neutral" as const })
  return { type: "facts", facts: [fact("Name", name), fact("Type", type), fact("Asked", asked)] }
}

const MOST_ROWS = 100

function recordTable(records: DnsRecord[]): EvidenceBlock[] {
  if (records.length === 0) return []
  const rows = records.slice(0, MOST_ROWS).map(({ text, ttlS }) => [text, ttlS === null ? "not told" : `${ttlS} s`])
  return [{ type: "table", title: "Answers", columns: ["Record", "TTL"], rows: rows.sort() }]
}

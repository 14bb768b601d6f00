import type { EvidenceBlock } from "@/lib/contracts/evidence"
import { errored, judged, short } from "../answer"
import { sayDuration, timeLimitMs } from "../duration"
import { type CheckPorts, type CheckResult, type CheckRunner, type Expectation, HttpFault } from "../ports"
import { type HttpConfig, httpConfigSchema } from "./config-schema"
import { definition } from "./definition"
import { onlyPreflight } from "./describe-config"
import { judgeAnswer } from "./judge-answer"
import { certificateNotChecked } from "./judge-certificate"
import { judgeCors } from "./judge-cors"
import { makeRequest } from "./make-request"
import { runLoad } from "./run-load"
import { runPreflight } from "./run-preflight"
import { showAnswer } from "./show-answer"
import { showRequest } from "./show-request"
import { takeCaptures } from "./take-captures"

type Looked = {
  expectations: Expectation[]
  blocks: EvidenceBlock[]
  captures?: Record<string, string>
  status?: number
}

/** That no answer came is a failed check; that none was asked for is one that could not be made. */
export const run: CheckRunner = async (rawConfig, ports) => {
  const config = httpConfigSchema.parse(rawConfig)
  const { timeoutMs: usualMs, longestTimeoutMs } = definition.limits
  const timeoutMs = Math.min(ports.timeoutMs, timeLimitMs(config.timeout, usualMs, longestTimeoutMs))
  try {
    if (config.load) return await runLoad(config, config.load, ports, timeoutMs)
    return await runOnce(config, ports, timeoutMs)
  } catch (error) {
    if (!(error instanceof HttpFault)) throw error
    ports.log("err", `${error.message}\n`)
    return errored(error.message)
  }
}

async function runOnce(config: HttpConfig, ports: CheckPorts, timeoutMs: number): Promise<CheckResult> {
  const preflight = await runPreflight(config, ports, timeoutMs)
  const looked = onlyPreflight(config) ? { expectations: [], blocks: [] } : await ask(config, ports, timeoutMs)
  const { expectations, blocks, captures, status }: Looked = looked
  return judged(
    [...preflight.expectations, ...expectations, ...certificateNotChecked(config.tls)],
    [...preflight.blocks, ...blocks],
    {
      passed: `${config.method} ${short(config.url)} answered ${status ?? "a CORS preflight"} as expected`,
      captures,
    },
  )
}

async function ask(config: HttpConfig, ports: CheckPorts, timeoutMs: number): Promise<Looked> {
  const request = makeRequest(config, timeoutMs)
  const sent = showRequest(request)
  ports.log("info", `${config.method} ${request.url}\n`)
  try {
    const answer = await ports.http(request)
    ports.log("info", `${answer.status} in ${answer.tookMs} ms\n`)
    const { captures, expectations: captured } = takeCaptures(config, answer)
    const expectations = judgeAnswer(config.expect, answer, ports.match, judgeCors(config, answer))
    return {
      expectations: [...expectations, ...captured],
      blocks: [sent, ...showAnswer(answer)],
      ...{ captures, status: answer.status },
    }
  } catch (error) {
    if (!(error instanceof HttpFault) || error.reason === "refused" || error.reason === "invalid") throw error
    ports.log("err", `${error.message}\n`)
    const expected = `an answer within ${sayDuration(timeoutMs)}`
    const expectation = { what: "Answer", expected, actual: error.message, ok: false, volatile: true as const }
    return { expectations: [expectation], blocks: [sent] }
  }
}

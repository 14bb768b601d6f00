import { judged, short } from "../answer"
import { sayDuration } from "../duration"
import type { CheckPorts, CheckResult } from "../ports"
import { type HttpConfig, type LoadConfig, MOST_AT_ONCE } from "./config-schema"
import { judgeAnswer } from "./judge-answer"
import { certificateNotChecked } from "./judge-certificate"
import { type JudgedAnswer, judgeLoad } from "./judge-load"
import { makeRequest } from "./make-request"
import { sendMany } from "./send-many"
import { showLoad } from "./show-load"
import { showRequest } from "./show-request"

/** Sends the request as often as the config says and looks at all answers together. */
export async function runLoad(
  config: HttpConfig,
  load: LoadConfig,
  ports: CheckPorts,
  timeoutMs: number,
): Promise<CheckResult> {
  const concurrency = Math.min(load.requests, load.concurrency ?? MOST_AT_ONCE)
  const request = makeRequest(config, timeoutMs)
  // Without a word on some of them, all of them must be good.
  const all = load.all ?? (load.some ? undefined : {})
  ports.log("info", `${config.method} ${config.url}, ${load.requests} times, ${concurrency} at once\n`)
  const deadlineMs = ports.nowMs() + ports.timeoutMs
  const sent = await sendMany(request, { requests: load.requests, concurrency, deadlineMs }, ports, (answer) => {
    const each: JudgedAnswer = {
      ...{ status: answer.status, tookMs: answer.tookMs },
      all: all ? judgeAnswer(all, answer, ports.match) : [],
      some: load.some ? judgeAnswer(load.some, answer, ports.match) : [],
    }
    return each
  })
  ports.log("info", `${sent.judged.length} answers in ${sayDuration(sent.tookMs)}\n`)
  const expectations = [...judgeLoad(load, sent), ...certificateNotChecked(config.tls)]
  return judged(expectations, [showRequest(request), ...showLoad(load, sent)], {
    passed: `${load.requests} × ${config.method} ${short(config.url)} answered as expected`,
  })
}

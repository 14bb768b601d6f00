import type { MetricName, Sample } from "@/lib/domain/metric/rule"
import type { CreateReader } from "../contract"
import { probeConfigSchema } from "./definition"
import { startFixedRate } from "./fixed-rate"
import { askOauth, askQueueDepth } from "./side-questions"
import { Tally } from "./tally"
import { tryPaths } from "./try-paths"

/** With fewer requests than this behind it, a rate or a percentile jumps with every single answer. */
const LEAST_REQUESTS = 30

/** Measures a service by asking it. Intervals too short to say anything are looked at together with those before them. */
export const createReader: CreateReader = (rawConfig, ports) => {
  const config = probeConfigSchema.parse(rawConfig)
  const spans = Math.max(1, Math.ceil(((LEAST_REQUESTS / config.ratePerSecond) * 1_000) / config.intervalMs))
  const ended = new AbortController()
  const inFlight = new Set<Promise<void>>()
  let earlier: Tally[] = []
  let current = new Tally()
  let oauth: { good: number; asked: number } = { good: 0, asked: 0 }
  let queueDepth: number | null = null
  let tookAtMs = 0
  let stopSending = () => {}

  function start(): void {
    tookAtMs = ports.nowMs()
    stopSending = startFixedRate(config.ratePerSecond, (n) => track(ask(config.paths[n % config.paths.length] ?? "/")))
    askAside()
  }

  function track(work: Promise<void>): void {
    const tracked = work.finally(() => inFlight.delete(tracked))
    inFlight.add(tracked)
  }

  async function ask(path: string): Promise<void> {
    const beganMs = performance.now()
    const { timeoutMs } = config
    const turnedAway = ports.maintenanceOn()
    try {
      const answer = await ports.request(new URL(path, ports.baseUrl).href, { timeoutMs, signal: ended.signal })
      if (answer.status === 503 && (turnedAway || ports.maintenanceOn())) current.maintenance += 1
      else current.add(answer.status >= 500 ? "error" : "good", performance.now() - beganMs)
    } catch {
      if (ended.signal.aborted) return
      const tookMs = performance.now() - beganMs
      current.add("error", tookMs >= timeoutMs ? tookMs : null)
    }
  }

  /** Asked once an interval, beside the fixed rate. */
  function askAside(): void {
    const options = { timeoutMs: config.timeoutMs, signal: ended.signal }
    const url = (path: string) => new URL(path, ports.baseUrl).href
    track(
      askOauth(ports, url(config.oauthPath), options).then((good) => {
        if (good === null || ended.signal.aborted) return
        oauth = { good: oauth.good + (good ? 1 : 0), asked: oauth.asked + 1 }
      }),
    )
    track(
      askQueueDepth(ports, url(config.queuePath), options).then((depth) => {
        queueDepth = depth
      }),
    )
  }

  async function take(): Promise<Sample[]> {
    const atMs = ports.nowMs()
    current.seconds = Math.max(0.001, (atMs - tookAtMs) / 1_000)
    const { requests } = current
    const looked = [...earlier, current]
    const sum = Tally.sum(looked)
    const sample = (metric: MetricName, value: number | null, count: number): Sample =>
      value === null
        ? { metric, atMs, status: "no_data", value: null, count: 0 }
        : { metric, atMs, status: "good", value, count }
    // In maintenance users are turned away: that nothing was measured is not a rate of zero.
    const silent = requests === 0 && current.maintenance > 0
    const errorRate = sum.requests === 0 || requests === 0 ? null : sum.errors / sum.requests
    const samples = [
      sample("request_rate", silent ? null : sum.requests / sum.seconds, requests),
      sample("error_rate", errorRate, requests),
      sample("uptime", errorRate === null ? null : 1 - errorRate, requests),
      sample("latency_p99", requests === 0 ? null : sum.p99Ms, requests),
      sample("oauth_success_rate", oauth.asked === 0 ? null : oauth.good / oauth.asked, oauth.asked),
      sample("queue_depth", queueDepth, 1),
    ]
    earlier = spans === 1 ? [] : looked.slice(-(spans - 1))
    current = new Tally()
    oauth = { good: 0, asked: 0 }
    queueDepth = null
    tookAtMs = atMs
    askAside()
    return samples
  }

  async function stop(): Promise<void> {
    stopSending()
    ended.abort()
    await Promise.allSettled(inFlight)
  }

  return { start, take, tryOut: (signal) => tryPaths(config, ports, signal), stop }
}

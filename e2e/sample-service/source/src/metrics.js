const BUCKETS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10]

/** Counters and histograms in Prometheus' text format, version 0.0.4. */
export function createMetrics({ version, commit, startedAt }) {
  const requests = new Map()
  const oauth = new Map()
  const durations = histogram()
  const queries = histogram()

  function observeRequest({ route, status, ms }) {
    count(requests, labels({ route, status }))
    durations.observe(ms / 1000)
  }

  function render({ pool, queueDepth, processed }) {
    const lines = [
      ...counter("http_requests_total", "Answered requests by route and status.", requests),
      ...durations.render("http_request_duration_seconds", "Time to answer a request."),
      ...queries.render("db_query_duration_seconds", "Time of a read."),
      ...counter("oauth_flows_total", "OAuth flows by platform and outcome.", oauth),
      ...gauge("db_pool_size", "Connections that the read pool may use.", pool.size),
      ...gauge("db_pool_in_use", "Connections in use.", pool.inUse),
      ...gauge("db_pool_waiting", "Reads that wait for a connection.", pool.waiting),
      ...gauge("queue_depth", "Jobs that wait.", queueDepth),
      "# HELP queue_jobs_processed_total Jobs done by name.",
      "# TYPE queue_jobs_processed_total counter",
      ...Object.entries(processed).map(([name, n]) => `queue_jobs_processed_total${labels({ name })} ${n}`),
      ...gauge("process_uptime_seconds", "Seconds since start.", (Date.now() - startedAt) / 1000),
      "# HELP app_build_info The running version.",
      "# TYPE app_build_info gauge",
      `app_build_info${labels({ version, commit: commit ?? "unknown" })} 1`,
    ]
    return `${lines.join("\n")}\n`
  }

  return {
    observeRequest,
    observeQuery: (ms) => queries.observe(ms / 1000),
    countOauth: (platform, outcome) => count(oauth, labels({ platform, outcome })),
    render,
  }
}

function histogram() {
  const counts = BUCKETS_S.map(() => 0)
  let sum = 0
  let total = 0
  return {
    observe(seconds) {
      sum += seconds
      total += 1
      for (const [i, limit] of BUCKETS_S.entries()) if (seconds <= limit) counts[i] += 1
    },
    render: (name, help) => [
      `# HELP ${name} ${help}`,
      `# TYPE ${name} histogram`,
      ...BUCKETS_S.map((limit, i) => `${name}_bucket{le="${limit}"} ${counts[i]}`),
      `${name}_bucket{le="+Inf"} ${total}`,
      `${name}_sum ${sum}`,
      `${name}_count ${total}`,
    ],
  }
}

function counter(name, help, values) {
  return [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} counter`,
    ...[...values].map(([label, n]) => `${name}${label} ${n}`),
  ]
}

function gauge(name, help, value) {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, `${name} ${value}`]
}

function labels(pairs) {
  return `{${Object.entries(pairs)
    .map(([key, value]) => `${key}="${value}"`)
    .join(",")}}`
}

function count(map, key) {
  map.set(key, (map.get(key) ?? 0) + 1)
}

import type { CheckDefinition } from "../contract"
import { type HttpConfig, httpConfigSchema } from "./config-schema"
import { describeConfig } from "./describe-config"

export const definition: CheckDefinition<HttpConfig> = {
  kind: "http",
  title: "HTTP request",
  summary:
    "Sends a request, or many at once, and compares the answers: status, headers, text, JSON, redirect, CORS, latency.",
  configSchema: httpConfigSchema,
  describe: describeConfig,
  repeatable: true,
  provedBy: "machine",
  limits: { timeoutMs: 10_000, longestTimeoutMs: 120_000 },
  examples: [
    {
      title: "The service is healthy",
      config: {
        url: "{{env.baseUrl}}/health",
        expect: { status: 200, json: { "$.status": "ok" }, latencyBelow: "2s" },
      },
    },
    {
      title: "Comparisons of JSON",
      config: {
        url: "{{env.baseUrl}}/api/status",
        query: { verbose: true },
        expect: {
          status: "200-299",
          headers: { "content-type": { matches: "^application/json" }, "x-powered-by": { absent: true } },
          json: {
            "$.version": { matches: "^1\\." },
            "$.items": { length: ">= 1" },
            "$.latency_ms": "< 200",
            "$.items[*].state": { not: "broken" },
            "$.error": { exists: false },
          },
        },
      },
    },
    {
      title: "The same as a list",
      config: {
        url: "{{env.baseUrl}}/api/status",
        expect: {
          json: [
            { path: "$.status", equals: "ok" },
            { path: "$.error", exists: false },
          ],
        },
      },
    },
    {
      title: "Security headers are there and strong",
      config: { url: "{{env.baseUrl}}/", expect: { status: 200, securityHeaders: "standard" } },
    },
    {
      title: "Our pages may use the API, others may not",
      config: {
        url: "{{env.baseUrl}}/api/posts",
        expect: {
          cors: {
            ...{ origin: "https://postd.example", method: "POST", headers: ["authorization"], credentials: true },
            notOrigin: "https://evil.example",
          },
        },
      },
    },
    {
      title: "HTTP leads to HTTPS",
      config: { url: "http://postd.example/", expect: { redirect: { status: [301, 308], to: "https" } } },
    },
    {
      title: "Signing in gives a token for later checks",
      config: {
        method: "POST",
        url: "{{env.baseUrl}}/api/auth/login",
        body: { email: "someone@example.com", password: "{{secret.TEST_PASSWORD}}" },
        expect: { status: 200, json: { "$.access_token": { exists: true } } },
        capture: { access_token: "$.access_token" },
      },
    },
    {
      title: "With a token",
      config: {
        url: "{{env.baseUrl}}/api/connectors",
        auth: { bearer: "{{secret.API_TOKEN}}" },
        expect: { status: 200, json: { "$.connectors": { type: "array" } } },
      },
    },
    {
      title: "Rate limiting is on",
      config: {
        url: "{{env.baseUrl}}/api/ping",
        load: { requests: 30, some: { status: 429, headers: { "retry-after": { present: true } } }, within: "5s" },
      },
    },
    {
      title: "The connection pool stands 150 reads at once",
      config: {
        url: "{{env.baseUrl}}/api/posts",
        load: { requests: 150, concurrency: 150, all: { status: 200 }, p99Below: "2s" },
      },
    },
  ],
}

import type { NextConfig } from "next"

const development = process.env.NODE_ENV === "development"

// The framework writes inline scripts into its pages, and pages rendered ahead of time cannot carry a nonce; hence
// 'unsafe-inline'. Nothing the console shows is ever markup: user text goes through React, files are downloads.
const contentSecurityPolicy = [
  "default-src 'self'",
  `script-src 'self' 'unsafe-inline'${development ? " 'unsafe-eval'" : ""}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  `connect-src 'self'${development ? " ws:" : ""}`,
  "worker-src 'self' blob:",
  "manifest-src 'self'",
  "frame-src 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
].join("; ")

const securityHeaders = [
  { key: "Content-Security-Policy", value: contentSecurityPolicy },
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=(), payment=(), usb=()" },
]

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm test` checks types with the same compiler and for every file, not only for those that pages reach.
  typescript: { ignoreBuildErrors: true },
  // Native code, WebAssembly files beside their modules, or modules that look for files: loaded by Node as they are.
  serverExternalPackages: [
    "@node-rs/argon2",
    "@prisma/adapter-pg",
    "@prisma/client",
    "bullmq",
    "execa",
    "ioredis",
    "pg",
    "pino",
    "simple-git",
  ],
  // Public status pages are the only pages that are kept: in memory, and no longer than this, so that nobody is shown an
  // hour-old state because nobody looked in between.
  expireTime: 60,
  experimental: { isrFlushToDisk: false },
  turbopack: { root: import.meta.dirname },
  async headers() {
    return [
      { source: "/:path*", headers: securityHeaders },
      {
        // For everybody, and the same for everybody.
        source: "/status/:service",
        headers: [{ key: "Cache-Control", value: "public, max-age=5, s-maxage=15, stale-while-revalidate=30" }],
      },
      {
        // Files of strangers: were one ever shown instead of downloaded, it could still do nothing.
        source: "/api/v1/releases/:id/evidence/:evidenceId/file",
        headers: [{ key: "Content-Security-Policy", value: "sandbox; default-src 'none'" }],
      },
      {
        // Behind a proxy that speaks https. On plain http browsers ignore it, and a laptop must not be locked to https.
        source: "/:path*",
        has: [{ type: "header", key: "x-forwarded-proto", value: "https" }],
        headers: [{ key: "Strict-Transport-Security", value: "max-age=31536000; includeSubDomains" }],
      },
    ]
  },
}

export default config

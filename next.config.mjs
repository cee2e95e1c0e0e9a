import { PHASE_PRODUCTION_BUILD } from 'next/constants.js'

// Asked of the machine, not of the reader of logs: the build reports nothing to anybody.
process.env.NEXT_TELEMETRY_DISABLED = '1'

// The content security policy carries a fresh nonce for every page, so src/proxy.ts sets it.
const headers = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=(), payment=(), usb=()' },
]

/**
 * What a build leaves for `npm run runtime`: the server with what it needs of each package. Two commands beside it take more: the
 * engine of migrations. Images are served as they are, and fonts are measured by the build, so what works on them stays out.
 * @type {import('next').NextConfig}
 */
const standalone = {
  output: 'standalone',
  outputFileTracingIncludes: { '/api/health': ['node_modules/@prisma/schema-engine-wasm/**/*'] },
  outputFileTracingExcludes: {
    '*': [
      'node_modules/sharp/**/*',
      'node_modules/@img/**/*',
      'node_modules/next/dist/server/capsize-font-metrics.json',
    ],
  },
}

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  devIndicators: false,
  // `npm run check` judges the types of the whole repository; a start need not do it again.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: [
    '@opentelemetry/api',
    '@opentelemetry/context-async-hooks',
    '@opentelemetry/core',
    '@opentelemetry/exporter-trace-otlp-http',
    '@opentelemetry/instrumentation-undici',
    '@opentelemetry/resources',
    '@opentelemetry/sdk-trace',
    '@prisma/adapter-pg',
    '@prisma/client',
    '@prisma/instrumentation',
    'nodemailer',
    'pg',
    'pg-boss',
    'pino',
    'pino-pretty',
    'prom-client',
    'smtp-server',
  ],
  headers: async () => [
    { source: '/:path*', headers },
    // Received emails stand in a frame of our own pages.
    { source: '/api/messages/:path*', headers: [{ key: 'X-Frame-Options', value: 'SAMEORIGIN' }] },
  ],
}

/** @param {string} phase */
export default (phase) => (phase === PHASE_PRODUCTION_BUILD ? { ...config, ...standalone } : config)

import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

// A zone with an odd offset: whoever mixes local time with UTC is off by 5 h 45 min and notices.
process.env.TZ = 'Asia/Kathmandu'

export default defineConfig({
  resolve: {
    alias: {
      '@': fileURLToPath(new URL('src', import.meta.url)),
      // Next's own marker of what must not reach the browser; only its bundler knows the bare name.
      'server-only': 'next/dist/compiled/server-only/empty.js',
    },
  },
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    exclude: ['tests/e2e/**'],
    globalSetup: ['tests/support/database/database-server.ts'],
    maxWorkers: 2,
    // Only for what hangs: on a busy machine a test may take many times as long as on a quiet one.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    teardownTimeout: 60_000,
    restoreMocks: true,
  },
})

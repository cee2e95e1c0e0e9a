import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

// A zone with an odd offset: whoever mixes local time with UTC is off by 5 h 45 min and notices.
process.env.TZ = 'Asia/Kathmandu'

// What takes longest, longest first: begun last, it would be waited for alone.
const LONG = [
  'model/campaign-life',
  'worker/mail/postfix',
  'chaos/servers-and-people',
  'scripts/installation',
  'chaos/processes',
  'bench/benchmarks',
  'worker/campaigns/paced-forecast',
  'chaos/runs',
  'db/delivery/work-without-statistics',
]

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = LONG.findIndex((name) => moduleId.endsWith(`/tests/${name}.test.ts`))
      return at < 0 ? LONG.length : at
    }
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b))
  }
}

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
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    // Only for what hangs: on a busy machine a test may take many times as long as on a quiet one.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    teardownTimeout: 60_000,
    restoreMocks: true,
  },
})

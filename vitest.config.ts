import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type ProjectConfig, type TestSpecification } from 'vitest/node'

// A zone with an odd offset: whoever mixes local time with UTC is off by 5 h 45 min and notices.
process.env.TZ = 'Asia/Kathmandu'

// What takes longest, longest first: begun last, it would be waited for alone.
const LONG = [
  'model/campaign-life-1',
  'model/campaign-life-2',
  'model/campaign-life-3',
  'worker/mail/postfix',
  'worker/conversations/answered-outreach',
  'chaos/servers-and-people',
  'chaos/processes',
  'scripts/installation',
  'chaos/hostile',
  'bench/benchmarks',
  'chaos/reading',
  'worker/lead-imports/killed-imports',
  'worker/campaigns/paced-forecast',
  'chaos/runs',
  'db/mailboxes/sign-in-tokens',
  'db/mailboxes/repairs',
  'scripts/unusable-databases',
  'db/upgrades',
  'chaos/requests',
  'scripts/rotate-keys',
  'db/lists/work-of-lists',
  'api/sign-in-limit',
  'api/served/live',
  'chaos/sign-ins',
  'worker/delivery/mail-servers/slow-answers',
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

// Files that load the app's routes, or what it is built of, by the environment they have set: each in a process of its own. The others share a process with
// those before them, which loads the app once.
const OWN_PROCESS = [
  'tests/api/served/**/*.test.ts',
  'tests/unit/env.test.ts',
  'tests/db/built-deps.test.ts',
  'tests/worker/conversations/answered-outreach.test.ts',
]

const settings: ProjectConfig = {
  // Only for what hangs: on a busy machine a test may take many times as long as on a quiet one.
  testTimeout: 180_000,
  hookTimeout: 180_000,
  expect: { poll: { timeout: 150_000 } },
  restoreMocks: true,
  setupFiles: ['tests/support/runs/fixed-seed.ts'],
  // Opened only when a file is stuck. Two runs at once have ports of their own.
  execArgv: [`--inspect-port=127.0.0.1:${20_000 + (process.pid % 10_000)}`],
}

const resolve = {
  alias: {
    '@': fileURLToPath(new URL('src', import.meta.url)),
    // Next's own marker of what must not reach the browser; only its bundler knows the bare name.
    'server-only': 'next/dist/compiled/server-only/empty.js',
  },
}

export default defineConfig({
  test: {
    globalSetup: ['tests/support/database/database-server.ts', 'tests/support/runs/bundle-programs.ts'],
    maxWorkers: 3,
    reporters: ['default', './tests/support/runs/stuck-files.ts'],
    teardownTimeout: 60_000,
    sequence: { sequencer: LongestFirst },
    projects: [
      { resolve, test: { ...settings, name: 'own-process', include: OWN_PROCESS, env: { OWN_PROCESS: 'yes' } } },
      {
        resolve,
        test: {
          ...settings,
          name: 'shared-process',
          include: ['tests/**/*.test.{ts,tsx}'],
          exclude: ['tests/e2e/**', ...OWN_PROCESS],
          isolate: false,
        },
      },
    ],
  },
})

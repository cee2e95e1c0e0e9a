import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type ProjectConfig, type TestSpecification } from 'vitest/node'

// A zone with an odd offset: whoever mixes local time with UTC is off by 5 h 45 min and notices.
process.env.TZ = 'Asia/Kathmandu'

// What takes longest: begun last, it would be waited for alone. What computes all the while stands between what mostly waits, for a
// server, a lease or a process, so that neither leaves the processors to nobody.
const LONG = [
  'model/campaign-life-1',
  'chaos/reading',
  'model/campaign-life-2',
  'worker/mail/postfix',
  'chaos/requests',
  'model/campaign-life-3',
  'chaos/processes',
  'scripts/installation',
  'worker/campaigns/paced-forecast',
  'scripts/doctor',
  'api/served/live',
  'bench/benchmarks',
  'worker/lead-imports/killed-imports',
  'db/upgrades',
  'chaos/servers-and-people',
  'chaos/runs',
  'scripts/backup-and-restore',
  'api/sign-in-limit',
  'scripts/embedded-postgres',
  'db/lists/work-of-lists',
  'chaos/hostile',
  'unit/lead-sources/failures',
  'worker/delivery/pace-and-rotation',
  'worker/conversations/answered-outreach',
  'worker/delivery/mail-servers/slow-answers',
  'scripts/rotate-keys',
  'scripts/unusable-databases',
  'db/mailboxes/sign-in-tokens',
  'db/mailboxes/repairs',
  'chaos/sign-ins',
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
    // Twice the processors of a small machine: together these files wait for as long as they compute.
    maxWorkers: 4,
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

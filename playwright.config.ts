import { defineConfig } from 'playwright/test'
import { findBrowser } from './tests/support/chromium'

// What takes longest, longest first: begun last, it would be waited for alone.
const LONG = [
  'accessibility.spec.ts',
  'working-day.spec.ts',
  'whole-path.spec.ts',
  'mass-work.spec.ts',
  'first-load.spec.ts',
  'finding-leads.spec.ts',
]
const { executablePath, env } = await findBrowser()

export default defineConfig({
  testDir: 'tests/e2e',
  globalSetup: './tests/e2e/support/build.ts',
  // Each file has an installation of its own.
  workers: 4,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  // Only for what hangs: on a busy machine a step may take many times as long as on a quiet one.
  timeout: 300_000,
  expect: { timeout: 90_000 },
  reporter: [['list']],
  // The pictures in docs/screenshots are made on request: SCREENSHOTS=1 npx playwright test. Projects begin in their order.
  projects: process.env.SCREENSHOTS
    ? [{ name: 'pictures', testMatch: 'screenshots.ts' }]
    : [
        ...LONG.map((file) => ({ name: file.replace('.spec.ts', ''), testMatch: file })),
        { name: 'others', testMatch: '*.spec.ts', testIgnore: LONG },
      ],
  use: {
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    viewport: { width: 1280, height: 900 },
    // What fades and slides is drawn by the processor, picture by picture, and waited for. The two longest paths are walked with it.
    reducedMotion: 'reduce',
    // Without a picture of every frame, which cost a fifth of the processor time of all browser tests: the page itself is in it.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: true, sources: true },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath,
      env,
      args: [
        '--no-sandbox',
        '--hide-scrollbars',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
})

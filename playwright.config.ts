import { defineConfig } from 'playwright/test'
import { findBrowser } from './tests/support/chromium'

const SIMULATE_DAYS = ['whole-path.spec.ts', 'finding-leads.spec.ts']
const { executablePath, env } = await findBrowser()

export default defineConfig({
  testDir: 'tests/e2e',
  globalSetup: './tests/e2e/support/build.ts',
  // Each file has an installation of its own. Two wait for simulated days most of the time; what looks at all pages never waits.
  workers: 4,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  // Only for what hangs: on a busy machine a step may take many times as long as on a quiet one.
  timeout: 300_000,
  expect: { timeout: 90_000 },
  reporter: [['list']],
  // The pictures in docs/screenshots are made on request: SCREENSHOTS=1 npx playwright test. What takes longest begins.
  projects: process.env.SCREENSHOTS
    ? [{ name: 'pictures', testMatch: 'screenshots.ts' }]
    : [
        { name: 'days', testMatch: SIMULATE_DAYS },
        { name: 'screens', testMatch: '*.spec.ts', testIgnore: SIMULATE_DAYS },
      ],
  use: {
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    viewport: { width: 1280, height: 900 },
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

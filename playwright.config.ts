import { defineConfig } from 'playwright/test'
import { findBrowser } from './tests/support/chromium'

const { executablePath, env } = await findBrowser()

export default defineConfig({
  testDir: 'tests/e2e',
  // The pictures in docs/screenshots are made on request: SCREENSHOTS=1 npx playwright test
  testMatch: process.env.SCREENSHOTS ? 'screenshots.ts' : '*.spec.ts',
  globalSetup: './tests/e2e/support/build.ts',
  // Two would share the processor with a database, a worker and a web server each.
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  // Only for what hangs: on a busy machine a step may take many times as long as on a quiet one.
  timeout: 300_000,
  expect: { timeout: 90_000 },
  reporter: [['list']],
  use: {
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    viewport: { width: 1280, height: 900 },
    trace: 'retain-on-failure',
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

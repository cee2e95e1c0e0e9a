import { existsSync } from 'node:fs'
import { chromium, defineConfig } from '@playwright/test'
import sparticuz from '@sparticuz/chromium'

// The browser that Playwright installed, where there is one; else the one that came with npm.
const installed = chromium.executablePath()
const executablePath = existsSync(installed) ? installed : await sparticuz.executablePath()

export default defineConfig({
  testDir: 'tests/e2e',
  globalSetup: './tests/e2e/support/build.ts',
  // Two would share the processor with a database, a worker and a web server each.
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    viewport: { width: 1280, height: 900 },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath,
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

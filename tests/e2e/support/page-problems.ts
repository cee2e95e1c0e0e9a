import type { Page } from 'playwright/test'

/**
 * Collects what the browser reports of a page that is wrong: errors in the console, exceptions, and answers of this app
 * that are errors. The list grows as they come.
 */
export function watchProblems(page: Page): string[] {
  const problems: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()} (${message.location().url})`)
  })
  page.on('pageerror', ({ message }) => problems.push(`exception: ${message}`))
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`${response.status()} ${response.request().method()} ${response.url()}`)
  })
  return problems
}

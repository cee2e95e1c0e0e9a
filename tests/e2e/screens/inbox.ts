import type { Page } from 'playwright/test'
import type { RunningApp } from '../../../scripts/lib/app/start-app'
import { startAnswering } from '../support/answering-campaign'
import type { Database } from '../support/database'
import { furnish } from '../support/furnish'
import { people } from '../support/people'

const ANSWERS = [
  { kind: 'reply', text: 'Yes, please call me on Tuesday.' },
  { kind: 'reply', text: 'How much would that be for a year?' },
  { kind: 'reply', text: 'Please write to my colleague in purchasing.' },
  { kind: 'out_of_office', until: '2026-03-16' },
  { kind: 'bounce' },
] as const
const LEADS = people(ANSWERS.length)
export const names = LEADS.map(({ first, last }) => `${first} ${last}`)

/** A campaign whose leads are emailed, and answer once what it answers is called. */
export async function setCampaign(app: Pick<RunningApp, 'url' | 'ownerCode'>, database: Database) {
  const plan = { name: 'Quiet halls', leads: LEADS, answers: ANSWERS }
  return (await startAnswering({ api: await furnish(app), database }, plan)).answer
}

export const list = (page: Page) => page.getByRole('list', { name: 'Conversations', exact: true })
export const rows = (page: Page) => list(page).getByRole('listitem')
export const scope = (page: Page, name: RegExp) =>
  page.getByRole('navigation', { name: 'Conversations' }).getByRole('link', { name })
export const opened = (page: Page, name: string | undefined) =>
  page.getByRole('region', { name: name ?? '', exact: true })
export const toast = (page: Page, text: string | RegExp) => page.getByRole('listitem').filter({ hasText: text })

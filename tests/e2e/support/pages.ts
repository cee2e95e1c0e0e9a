import { expect, type Page } from 'playwright/test'
import type { Scene } from './scene'

/** Every page of the app for a signed-in person, by the name of its picture. */
export const PAGES = {
  campaigns: () => '/campaigns',
  'campaigns-lead-generation': () => '/campaigns?type=lead_generation',
  'campaigns-automated': () => '/campaigns?type=fully_automated',
  finding: ({ finding }) => `/campaigns/${finding}`,
  'finding-runs': ({ finding }) => `/campaigns/${finding}?tab=runs`,
  'finding-run': ({ finding, run }) => `/campaigns/${finding}?tab=runs&run=${run}`,
  'finding-settings': ({ finding }) => `/campaigns/${finding}?tab=settings`,
  automated: ({ automated }) => `/campaigns/${automated}`,
  'finding-draft-sources': ({ draftFinding }) => `/campaigns/${draftFinding}/edit?step=sources`,
  'automated-draft-amount': ({ draftAutomated }) => `/campaigns/${draftAutomated}/edit?step=amount`,
  'automated-review': ({ draftAutomated }) => `/campaigns/${draftAutomated}/edit?step=review`,
  'campaign-new': () => '/campaigns/new',
  'finding-new': () => '/campaigns/new?type=lead_generation',
  campaign: ({ running }) => `/campaigns/${running}`,
  'campaign-emails': ({ running }) => `/campaigns/${running}?tab=emails`,
  'campaign-held': ({ running }) => `/campaigns/${running}?tab=emails&status=held`,
  'campaign-leads': ({ running }) => `/campaigns/${running}?tab=leads`,
  'campaign-activity': ({ running }) => `/campaigns/${running}?tab=activity`,
  'campaign-settings': ({ running }) => `/campaigns/${running}?tab=settings`,
  'campaign-paused': ({ paused }) => `/campaigns/${paused}`,
  'campaign-completed': ({ completed }) => `/campaigns/${completed}`,
  'campaign-draft-leads': ({ draft }) => `/campaigns/${draft}/edit?step=leads`,
  'campaign-draft-sequence': ({ draft }) => `/campaigns/${draft}/edit?step=sequence`,
  'campaign-draft-mailboxes': ({ draft }) => `/campaigns/${draft}/edit?step=mailboxes`,
  'campaign-review': ({ draft }) => `/campaigns/${draft}/edit?step=review`,
  leads: () => '/leads',
  lead: ({ lead }) => `/leads/${lead}`,
  'leads-import': () => '/leads/import',
  batches: () => '/leads/batches',
  batch: ({ batch }) => `/leads/batches/${batch}`,
  templates: () => '/templates',
  'template-new': () => '/templates/new',
  template: ({ template }) => `/templates/${template}`,
  workflows: () => '/workflows',
  'workflow-new': () => '/workflows/new',
  workflow: ({ workflow }) => `/workflows/${workflow}`,
  sandbox: () => '/sandbox',
  email: ({ message }) => `/sandbox/${message}`,
  'mail-headers': ({ message }) => `/sandbox/${message}?view=headers`,
  settings: () => '/settings',
  'settings-mailboxes': () => '/settings/mailboxes',
  mailbox: ({ mailbox }) => `/settings/mailboxes/${mailbox}`,
  'mailbox-new': () => '/settings/mailboxes/new',
  'settings-lead-sources': () => '/settings/lead-sources',
  'settings-suppression': () => '/settings/suppression',
  'settings-team': () => '/settings/team',
  'settings-about': () => '/settings/about',
  'unsubscribe-preview': () => '/u/preview',
  'unsubscribe-done': ({ token }) => `/u/${token}?done=1`,
  'unsubscribe-invalid': () => '/u/no-such-link',
  unsubscribe: ({ token }) => `/u/${token}`,
  invitation: ({ invitation }) => `/invitation/${invitation}`,
  'invitation-invalid': () => '/invitation/no-such-link',
  'not-found': () => '/campaigns/nowhere/to-be-found',
} satisfies Record<string, (scene: Scene) => string>

/** Waits until a page shows what it has to show. */
export async function untilSettled(page: Page) {
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
  await expect(page.locator('.animate-pulse')).toHaveCount(0)
  await page.evaluate(() => document.fonts.ready)
}
